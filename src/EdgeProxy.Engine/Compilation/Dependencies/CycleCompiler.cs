using EdgeProxy.Engine.Compilation.Rules;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Compilation.Dependencies;

/// <summary>Compiles the segments and features whose dependencies may lead into a cycle.</summary>
internal sealed class CycleCompiler
{
    private const int MaxNamesReported = 8;

    // A lookup: the segment was evaluated before.
    private const int Cost = 1;

    private readonly DependencyGraph _graph;
    private readonly SegmentProgramCompiler _compiler;
    private readonly List<SegmentProgram> _programs = [];
    private readonly Dictionary<int, int> _numbers = [];

    /// <param name="rules">Compiles conditions.</param>
    /// <param name="graph">The dependencies.</param>
    public CycleCompiler(RuleCompiler rules, DependencyGraph graph)
    {
        _graph = graph;
        _compiler = new SegmentProgramCompiler(rules, graph);
    }

    /// <summary>Reports one of the possible cycles.</summary>
    public void ReportCycle(IReadOnlyList<FeatureState> features, IReadOnlyList<DocumentPath> segmentPaths, ProblemList problems)
    {
        var cycle = _graph.FindCycle();
        var names = cycle.Select(step => $"'{features[step.Place].Name}'").Take(MaxNamesReported).ToList();
        var omitted = cycle.Count - names.Count;
        names.Add(omitted > 0 ? $"{omitted} more" : names[0]);
        problems.Add(
            segmentPaths[cycle[0].Segment],
            $"features depend on each other in a cycle ({string.Join(" -> ", names)}); when an evaluation meets the cycle, no "
            + "condition on these features holds and their reason is CIRCULAR_DEPENDENCY");
    }

    /// <summary>Compiles the next segment that may read a feature of a cycle.</summary>
    /// <param name="index">The segment's place in the environment.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="path">The segment's path, for problems.</param>
    public RuleNode Compile(int index, Segment segment, DocumentPath path)
    {
        var number = _programs.Count;
        _numbers.Add(index, number);
        _programs.Add(_compiler.Compile(segment, path));
        return new RuleNode(frame => frame.CyclicSegmentMatches(number), Cost);
    }

    /// <summary>Creates the plan of all these segments and features.</summary>
    public CyclePlan Finish(FeaturePlan[] features, OverrideCandidate[] candidates)
    {
        var segments = _graph.SegmentCount;
        return new CyclePlan
        {
            Segments = [.. _programs],
            SegmentNumbers = [.. Enumerable.Range(0, segments).Select(segment => _numbers.GetValueOrDefault(segment, -1))],
            Features =
            [
                .. Enumerable.Range(0, features.Length)
                    .Where(_graph.FeatureReachesCycle)
                    .Select(place => new CyclicFeature(place, OverridesOf(place, features[place], candidates))),
            ],
        };
    }

    private CyclicOverride[] OverridesOf(int place, FeaturePlan feature, OverrideCandidate[] candidates)
    {
        var ranks = new Dictionary<int, int>();
        for (var rank = 0; rank < feature.CandidateCount; rank++)
        {
            ranks.TryAdd(candidates[feature.FirstCandidate + rank].Segment, rank);
        }

        return
        [
            .. _graph.SegmentsOf(place)
                .Where(_graph.SegmentReachesCycle)
                .Select(segment => new CyclicOverride(_numbers[segment], ranks.GetValueOrDefault(segment, int.MaxValue))),
        ];
    }
}

using System.Text;
using EdgeProxy.Engine.Compilation.Dependencies;
using EdgeProxy.Engine.Compilation.Properties;
using EdgeProxy.Engine.Compilation.Rules;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Compilation;

/// <summary>
/// Builds one snapshot, in this order:
/// <list type="number">
/// <item>features get their places by name, and dependencies are sorted;</item>
/// <item>segments are compiled, those that flags need first, so that their traits get the first slots;</item>
/// <item>each feature's own state and its overrides are rendered and ordered, strongest first;</item>
/// <item>identity overrides are rendered and indexed.</item>
/// </list>
/// </summary>
internal sealed class SnapshotBuilder
{
    private readonly EnvironmentModel _model;
    private readonly DocumentOverrides? _overrides;
    private readonly RuleCompiler _rules;
    private readonly FlagRenderer _renderer;
    private readonly Utf8Index _featureNames = new();
    private readonly List<FeatureState> _features = [];
    private readonly List<StatePlan> _states = [];
    private readonly ProblemList _problems;
    private readonly FlagPathTable? _flagPaths; // if conditions read flags
    private DependencyGraph? _dependencies;
    private FlagValueBuilder? _flagValues;

    /// <param name="model">The model to compile.</param>
    /// <param name="overrides">Identity overrides that are not in the model; null if there are none.</param>
    /// <param name="renderer">Renders its flags.</param>
    /// <param name="problems">Receives problems.</param>
    public SnapshotBuilder(EnvironmentModel model, DocumentOverrides? overrides, FlagRenderer renderer, ProblemList problems)
    {
        _model = model;
        _overrides = overrides;
        _rules = new RuleCompiler(model, _featureNames, problems);
        _flagPaths = _rules.Properties.FlagPaths;
        _problems = problems;
        _renderer = renderer;
    }

    /// <summary>Builds the parts of the snapshot.</summary>
    /// <param name="segmentPaths">The path of each segment of the model, for problems.</param>
    public SnapshotParts Build(IReadOnlyList<DocumentPath> segmentPaths)
    {
        PlaceFeatures();
        if (_flagPaths is not null)
        {
            _dependencies = DependencyGraph.Build(_model.Segments, _flagPaths, _features.Count, OverriddenPlaces(), i => _problems.Budget.Place = segmentPaths[i]);
            _flagValues = new FlagValueBuilder(_flagPaths, _features.Count);
        }

        var cycles = _dependencies is { HasCycles: true } ? new CycleCompiler(_rules, _dependencies) : null;

        var nodes = new RuleNode[_model.Segments.Count];
        var isTargeting = new bool[nodes.Length];
        cycles?.ReportCycle(_features, segmentPaths, _problems);
        for (var i = 0; i < nodes.Length; i++)
        {
            isTargeting[i] = _model.Segments[i].Overrides.Any(item => PlaceOf(item.State.Name) >= 0);
            if (_dependencies?.SegmentReachesCycle(i) == true)
            {
                nodes[i] = cycles!.Compile(i, _model.Segments[i], segmentPaths[i]);
            }
            else if (isTargeting[i])
            {
                nodes[i] = _rules.Compile(_model.Segments[i], segmentPaths[i]);
            }
        }

        var traitsForFlags = _rules.Properties.Traits.Count;
        var queriesForFlags = _rules.Properties.HasQueries;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (!isTargeting[i] && _dependencies?.SegmentReachesCycle(i) != true)
            {
                nodes[i] = _rules.Compile(_model.Segments[i], segmentPaths[i]);
            }
        }

        _rules.Finish();
        _rules.Properties.Traits.Trim();

        var (features, candidates) = LineUpFeatures(nodes);
        var stateFlags = _renderer.Count;
        var groups = OverrideGroupCompiler.Compile(features, candidates, _states, _dependencies);
        var identityOverrides = CompileIdentityOverrides();
        return new SnapshotParts
        {
            Model = _model with { Features = [], Segments = [], IdentityOverrides = [] },
            Slots = new SnapshotSlots(_rules.Properties.Traits, traitsForFlags),
            Queries = new ContextQueries(_rules.Properties.HasQueries ? _rules.Properties.Constants : null, queriesForFlags),
            Segments = [.. nodes.Select((node, i) => new SegmentPlan(_model.Segments[i] with { Rules = [], Overrides = [] }, node.Matcher))],
            RememberedAnswers = _rules.RememberedAnswers,
            FeatureNames = _featureNames,
            Features = features,
            Candidates = candidates,
            OverrideGroups = groups,
            Dependencies = CompileDependencies(features, candidates, groups, cycles),
            IdentityOverrides = identityOverrides,
            States = [.. _states],
            Flags = _renderer.Finish(),
            StateFlags = stateFlags,
        };
    }

    private IdentityOverrideTable CompileIdentityOverrides()
    {
        using var compiler = new IdentityOverrideCompiler(_renderer, _featureNames, _flagValues, CanFail, _problems.Reserve, _overrides?.Count ?? _model.IdentityOverrides.Count);
        compiler.Add(_model.IdentityOverrides);
        _overrides?.ReadTo(compiler);
        return compiler.Finish();
    }

    /// <summary>Determines whether a feature may be part of a circular dependency.</summary>
    private bool CanFail(int place) => _dependencies?.IsCyclic(place) == true;

    private int PlaceOf(string featureName) => _featureNames.Find(Encoding.UTF8.GetBytes(featureName));

    private void PlaceFeatures()
    {
        foreach (var feature in _model.Features)
        {
            var place = _featureNames.Add(Encoding.UTF8.GetBytes(feature.Name));
            if (place == _features.Count)
            {
                _features.Add(feature);
            }
            else
            {
                _features[place] = feature;
            }
        }

        _featureNames.Trim();
    }

    /// <summary>Finds the features that each segment overrides.</summary>
    private int[][] OverriddenPlaces() =>
    [
        .. _model.Segments.Select(segment => (int[])
        [
            .. segment.Overrides.Select(item => PlaceOf(item.State.Name)).Where(static place => place >= 0).Distinct(),
        ]),
    ];

    private FlagDependencies? CompileDependencies(
        FeaturePlan[] features, OverrideCandidate[] candidates, OverrideGroup[] groups, CycleCompiler? cycles)
    {
        if (_dependencies is null || _flagPaths is null || _flagValues is null)
        {
            return null;
        }

        var plan = cycles?.Finish(features, candidates);
        return FlagDependencyCompiler.Compile(_dependencies, _flagPaths, _flagValues, groups, plan, features.Length, _renderer.Count);
    }

    private (FeaturePlan[] Features, OverrideCandidate[] Candidates) LineUpFeatures(RuleNode[] nodes)
    {
        var overrides = new List<(SegmentOverride Override, int Segment)>[_features.Count];
        var isOverridden = new bool[_features.Count];
        for (var segment = 0; segment < nodes.Length; segment++)
        {
            foreach (var item in _model.Segments[segment].Overrides)
            {
                var place = PlaceOf(item.State.Name);
                if (place < 0)
                {
                    continue;
                }

                isOverridden[place] = true;
                if (!nodes[segment].IsFalse)
                {
                    (overrides[place] ??= []).Add((item, segment));
                }
            }
        }

        // All defaults are rendered first and side by side: they make up most answers, so that most answers are one copy.
        int[] defaults = [.. _features.Select((feature, place) => AddState(place, feature, segment: null))];
        _renderer.EndDefaults();
        var features = new FeaturePlan[_features.Count];
        var planned = new List<PlannedOverride>(overrides.Sum(static list => list?.Count ?? 0));
        for (var place = 0; place < features.Length; place++)
        {
            var first = planned.Count;
            PlanOverrides(planned, place, overrides[place] ?? [], nodes);
            features[place] = new FeaturePlan(defaults[place], first, planned.Count - first, isOverridden[place]);
        }

        return (features, RenderOverrides(planned));
    }

    private static void PlanOverrides(
        List<PlannedOverride> planned, int place, List<(SegmentOverride Override, int Segment)> overrides, RuleNode[] nodes)
    {
        // A stable sort: of equal priorities the earlier segment comes first, and wins.
        foreach (var (item, segment) in overrides.OrderBy(static entry => entry.Override.Priority ?? double.PositiveInfinity))
        {
            planned.Add(new PlannedOverride(planned.Count, place, segment, item.State));
            if (nodes[segment].IsTrue)
            {
                break; // weaker ones are never evaluated
            }
        }
    }

    /// <summary>
    /// Renders the overrides of each segment side by side, in the order of features: an identity in a segment gets them in few copies.
    /// </summary>
    private OverrideCandidate[] RenderOverrides(List<PlannedOverride> planned)
    {
        var candidates = new OverrideCandidate[planned.Count];
        planned.Sort(static (left, right) => left.Segment != right.Segment ? left.Segment.CompareTo(right.Segment) : left.Candidate.CompareTo(right.Candidate));
        foreach (var item in planned)
        {
            candidates[item.Candidate] = new OverrideCandidate(item.Segment, AddState(item.Place, item.State, _model.Segments[item.Segment].Name));
        }

        return candidates;
    }

    private int AddState(int place, FeatureState state, string? segment)
    {
        _problems.Reserve.Check();
        var isMultivariate = state.Variants.Count > 0;
        var outcome = _renderer.Render(state, segment, isControl: isMultivariate, canFail: CanFail(place));
        _flagValues?.Add(place, outcome, state, new FlagSource(state, segment, IsControl: isMultivariate));
        _states.Add(new StatePlan(outcome, isMultivariate ? CompileVariants(place, state, segment, outcome) : null));
        return _states.Count - 1;
    }

    private VariantPicker CompileVariants(int place, FeatureState state, string? segment, int control)
    {
        var ranges = new List<VariantPicker.Range>(state.Variants.Count);
        var start = 0.0;
        foreach (var variant in state.Variants.OrderBy(static variant => variant, VariantPriorityComparer.Instance))
        {
            var end = variant.Weight.AsDouble() + start;
            var outcome = _renderer.Render(state, segment, variant, canFail: CanFail(place));
            _flagValues?.Add(place, outcome, state, new FlagSource(state, segment, variant));
            ranges.Add(new VariantPicker.Range(start, end, outcome));
            start = end;
        }

        return new VariantPicker(Encoding.UTF8.GetBytes(state.Key), [.. ranges], control);
    }

    /// <summary>A segment override of a feature, before it is rendered.</summary>
    /// <param name="Candidate">The number of the candidate that it becomes.</param>
    /// <param name="Place">The place of the feature.</param>
    /// <param name="Segment">The segment.</param>
    /// <param name="State">The state.</param>
    private readonly record struct PlannedOverride(int Candidate, int Place, int Segment, FeatureState State);
}

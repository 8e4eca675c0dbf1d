using EdgeProxy.Engine.Compilation.Properties;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Compilation.Dependencies;

/// <summary>
/// The possible dependencies between the features of an environment: a feature needs the segments that override it, a
/// segment the paths that its conditions read, a path its features. Conditions may never be evaluated, so a cycle in this
/// graph is a possible one. Linear in the document, and without recursion: chains can be as long as the document.
/// </summary>
internal sealed class DependencyGraph
{
    private readonly int _features;
    private readonly int _segments;
    private readonly int[][] _needs;
    private readonly int[] _levels;
    private readonly bool[] _isSorted;
    private readonly bool[] _isCyclic;

    private DependencyGraph(int features, int segments, int[][] needs)
    {
        _features = features;
        _segments = segments;
        _needs = needs;
        _levels = new int[needs.Length];
        _isSorted = Sort(needs, _levels, features);
        HasCycles = Array.IndexOf(_isSorted, false) >= 0;
        _isCyclic = HasCycles ? Between(needs, _isSorted) : new bool[needs.Length];
    }

    /// <summary>The number of segments.</summary>
    public int SegmentCount => _segments;

    /// <summary>Indicates whether some features may depend on themselves.</summary>
    public bool HasCycles { get; }

    /// <summary>Creates the graph of an environment.</summary>
    /// <param name="segments">The segments.</param>
    /// <param name="paths">Receives the flag paths of all conditions.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="overridden">The features that each segment overrides.</param>
    /// <param name="enterSegment">Called before the paths of a segment are read.</param>
    public static DependencyGraph Build(IReadOnlyList<Segment> segments, FlagPathTable paths, int features, int[][] overridden, Action<int> enterSegment)
    {
        int[][] reads =
        [
            .. segments.Select((segment, i) =>
            {
                enterSegment(i);
                return PathsIn(segment, paths);
            }),
        ];
        var needs = new List<int>[features];
        for (var segment = 0; segment < overridden.Length; segment++)
        {
            foreach (var place in overridden[segment])
            {
                (needs[place] ??= []).Add(features + segment);
            }
        }

        var firstPath = features + segments.Count;
        return new DependencyGraph(features, segments.Count,
        [
            .. needs.Select(static list => list is null ? [] : (int[])[.. list]),
            .. reads.Select(list => Array.ConvertAll(list, path => firstPath + path)),
            .. Enumerable.Range(0, paths.Count).Select(path => (int[])[.. paths.Places(path).Distinct()]),
        ]);
    }

    /// <summary>The flag paths that a segment's conditions read.</summary>
    public IEnumerable<int> PathsOf(int segment) => _needs[_features + segment].Select(path => path - _features - _segments);

    /// <summary>The segments that override a feature, in order.</summary>
    public IEnumerable<int> SegmentsOf(int place) => _needs[place].Select(segment => segment - _features);

    /// <summary>A number greater than that of every feature that this one depends on, unless it reaches a cycle.</summary>
    public int LevelOf(int place) => _levels[place];

    /// <summary>Determines whether a feature's dependencies may lead into a cycle.</summary>
    public bool FeatureReachesCycle(int place) => !_isSorted[place];

    /// <summary>Determines whether a segment's conditions may read a feature that reaches a cycle.</summary>
    public bool SegmentReachesCycle(int segment) => !_isSorted[_features + segment];

    /// <summary>Determines whether a path may read a feature that reaches a cycle.</summary>
    public bool PathReachesCycle(int path) => !_isSorted[_features + _segments + path];

    /// <summary>Determines whether a feature may be part of a cycle, or lie between two of them.</summary>
    public bool IsCyclic(int place) => _isCyclic[place];

    /// <summary>Finds one of the possible cycles: each feature, and the segment by which it depends on the next.</summary>
    public IReadOnlyList<(int Place, int Segment)> FindCycle()
    {
        var visited = new Dictionary<int, int>();
        var way = new List<int>();
        for (var node = Array.IndexOf(_isSorted, false); visited.TryAdd(node, way.Count);)
        {
            way.Add(node);
            node = Array.Find(_needs[node], need => !_isSorted[need]);
        }

        var last = Array.Find(_needs[way[^1]], need => !_isSorted[need]);
        var cycle = way[visited[last]..];
        var start = cycle.FindIndex(node => node < _features);
        cycle = [.. cycle[start..], .. cycle[..start]];
        return [.. cycle.Chunk(3).Select(step => (step[0], step[1] - _features))];
    }

    /// <summary>Runs Kahn's algorithm: finds the nodes that reach no cycle, and their levels.</summary>
    private static bool[] Sort(int[][] needs, int[] levels, int features)
    {
        var isSorted = new bool[needs.Length];
        var open = Array.ConvertAll(needs, static list => list.Length);
        var neededBy = Reverse(needs);
        var ready = new Queue<int>(Enumerable.Range(0, needs.Length).Where(node => open[node] == 0));
        while (ready.TryDequeue(out var node))
        {
            isSorted[node] = true;
            foreach (var user in neededBy[node])
            {
                levels[user] = Math.Max(levels[user], levels[node] + (user < features ? 1 : 0));
                if (--open[user] == 0)
                {
                    ready.Enqueue(user);
                }
            }
        }

        return isSorted;
    }

    /// <summary>Finds the nodes between cycles: those that reach a cycle and are reached by one.</summary>
    private static bool[] Between(int[][] needs, bool[] isSorted)
    {
        var isBetween = Array.ConvertAll(isSorted, static sorted => !sorted);
        var users = new int[needs.Length];
        foreach (var need in Enumerable.Range(0, needs.Length).Where(node => isBetween[node]).SelectMany(node => needs[node]))
        {
            users[need]++;
        }

        var unused = new Queue<int>(Enumerable.Range(0, needs.Length).Where(node => isBetween[node] && users[node] == 0));
        while (unused.TryDequeue(out var node))
        {
            isBetween[node] = false;
            foreach (var need in needs[node])
            {
                if (--users[need] == 0 && isBetween[need])
                {
                    unused.Enqueue(need);
                }
            }
        }

        return isBetween;
    }

    private static List<int>[] Reverse(int[][] needs)
    {
        var users = Array.ConvertAll(needs, static _ => new List<int>(0));
        for (var node = 0; node < needs.Length; node++)
        {
            foreach (var need in needs[node])
            {
                users[need].Add(node);
            }
        }

        return users;
    }

    private static int[] PathsIn(Segment segment, FlagPathTable paths)
    {
        var found = new HashSet<int>();
        var open = new Stack<SegmentRule>(segment.Rules);
        while (open.TryPop(out var rule))
        {
            foreach (var path in rule.Conditions.Select(condition => paths.Find(condition.Property)).Where(static path => path != FlagPathTable.NoPath))
            {
                found.Add(path);
            }

            foreach (var inner in rule.Rules)
            {
                open.Push(inner);
            }
        }

        return [.. found.Order()];
    }
}

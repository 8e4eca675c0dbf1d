using EdgeProxy.Engine.Compilation.Properties;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation.Dependencies;

/// <summary>Plans when each flag path is read.</summary>
internal static class FlagDependencyCompiler
{
    /// <summary>Compiles the dependencies of an environment.</summary>
    /// <param name="graph">The dependencies.</param>
    /// <param name="paths">The flag paths of all conditions.</param>
    /// <param name="values">The values of these paths.</param>
    /// <param name="groups">The override groups, in the order of dependencies.</param>
    /// <param name="cycles">The part that may lead into a cycle.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="flags">The number of rendered flags.</param>
    public static FlagDependencies Compile(
        DependencyGraph graph,
        FlagPathTable paths,
        FlagValueBuilder values,
        OverrideGroup[] groups,
        CyclePlan? cycles,
        int features,
        int flags)
    {
        var isRead = new bool[paths.Count];
        for (var path = 0; path < isRead.Length; path++)
        {
            isRead[path] = graph.PathReachesCycle(path);
        }

        var before = Array.ConvertAll(groups, group => (int[])
        [
            .. group.Segments.SelectMany(graph.PathsOf).Where(path => !isRead[path] && (isRead[path] = true)),
        ]);
        var groupOf = new int[features];
        Array.Fill(groupOf, -1);
        for (var group = 0; group < groups.Length; group++)
        {
            foreach (var place in groups[group].Features)
            {
                groupOf[place] = group;
            }
        }

        var cyclicFeatures = new int[features];
        Array.Fill(cyclicFeatures, -1);
        for (var number = 0; number < cycles?.Features.Length; number++)
        {
            cyclicFeatures[cycles.Features[number].Place] = number;
        }

        return new FlagDependencies
        {
            Paths = values.FinishPaths(cyclicFeatures),
            ReadBefore = before,
            PathsOfGroups = Array.ConvertAll(groups, group => (int[])[.. group.Segments.SelectMany(graph.PathsOf).Distinct()]),
            Groups = groupOf,
            ReadAfter = [.. Enumerable.Range(0, isRead.Length).Where(path => !isRead[path])],
            Values = values.Finish(flags),
            Cycles = cycles,
        };
    }
}

namespace EdgeProxy.Engine.Evaluation;

/// <summary>The data for evaluating conditions that read other flags (docs/spec/flag-dependencies.md 3.1).</summary>
internal sealed class FlagDependencies
{
    /// <summary>The flag paths of all conditions.</summary>
    public required FlagPathPlan[] Paths { get; init; }

    /// <summary>The paths to read before each override group is decided. The groups stand in the order of their dependencies.</summary>
    public required int[][] ReadBefore { get; init; }

    /// <summary>The paths that the segments of each override group read, whatever was read before.</summary>
    public required int[][] PathsOfGroups { get; init; }

    /// <summary>The override group of each feature; -1 for those that are in none.</summary>
    public required int[] Groups { get; init; }

    /// <summary>The paths that no override group needs, only cycles and segments without overrides.</summary>
    public required int[] ReadAfter { get; init; }

    /// <summary>The values of the paths.</summary>
    public required FlagValueTable Values { get; init; }

    /// <summary>The features that may depend on themselves, and those that depend on them; null if there are none.</summary>
    public CyclePlan? Cycles { get; init; }

    /// <summary>Determines whether a feature's dependencies may lead into a cycle.</summary>
    public bool MayBeCyclic(int place)
    {
        foreach (ref readonly var feature in (Cycles?.Features).AsSpan())
        {
            if (feature.Place == place)
            {
                return true;
            }
        }

        return false;
    }
}

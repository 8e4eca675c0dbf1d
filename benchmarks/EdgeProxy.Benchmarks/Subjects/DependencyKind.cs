namespace EdgeProxy.Benchmarks.Subjects;

/// <summary>The dependencies of the features of an environment.</summary>
internal enum DependencyKind
{
    /// <summary>No feature depends on another.</summary>
    None,

    /// <summary>Each dependent has a prerequisite of its own.</summary>
    Separate,

    /// <summary>Each dependent is the prerequisite of the next.</summary>
    Chain,

    /// <summary>The same, and the first depends on the last.</summary>
    Cycle,
}

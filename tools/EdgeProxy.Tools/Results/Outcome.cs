namespace EdgeProxy.Tools.Results;

/// <summary>The outcome of a test or a check.</summary>
internal enum Outcome
{
    /// <summary>Passed.</summary>
    Passed,

    /// <summary>Failed.</summary>
    Failed,

    /// <summary>Not run.</summary>
    Skipped,
}

namespace EdgeProxy.Tools.Results;

/// <summary>The outcome of a test or a check.</summary>
internal enum Outcome
{
    /// <summary>It passed.</summary>
    Passed,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It did not run.</summary>
    Skipped,
}

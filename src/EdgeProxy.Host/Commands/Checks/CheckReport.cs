namespace EdgeProxy.Host.Commands.Checks;

/// <summary>The results of <c>edge-proxy doctor</c>, in the order of the checks.</summary>
internal sealed class CheckReport
{
    private readonly List<CheckResult> _results = [];

    /// <summary>The results.</summary>
    public IReadOnlyList<CheckResult> Results => _results;

    /// <summary>The exit code: 0 if all is well, 1 for warnings, 2 for failures.</summary>
    public int ExitCode => Count(CheckStatus.Failure) > 0 ? 2 : Count(CheckStatus.Warning) > 0 ? 1 : 0;

    /// <summary>Counts the results of a kind.</summary>
    public int Count(CheckStatus status) => _results.Count(result => result.Status == status);

    /// <summary>Adds a result.</summary>
    public void Add(CheckResult result) => _results.Add(result);

    /// <summary>Adds a good result.</summary>
    public void Ok(string check, string message) => Add(new CheckResult(CheckStatus.Ok, check, message));

    /// <summary>Adds a check that was not made.</summary>
    public void Skipped(string check, string message) => Add(new CheckResult(CheckStatus.Skipped, check, message));

    /// <summary>Adds a warning.</summary>
    public void Warning(string check, string message, string? advice = null) => Add(new CheckResult(CheckStatus.Warning, check, message) { Advice = advice });

    /// <summary>Adds a failure.</summary>
    public void Failure(string check, string message, string? advice = null) => Add(new CheckResult(CheckStatus.Failure, check, message) { Advice = advice });
}

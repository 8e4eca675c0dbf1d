namespace EdgeProxy.Host.Commands.Checks;

/// <summary>One result of <c>edge-proxy doctor</c>.</summary>
/// <param name="Status">The result.</param>
/// <param name="Check">The name of the check.</param>
/// <param name="Message">The finding, without keys.</param>
internal sealed record CheckResult(CheckStatus Status, string Check, string Message)
{
    /// <summary>The advice; null if there is nothing to do, or the message says it.</summary>
    public string? Advice { get; init; }

    /// <summary>Further lines.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}

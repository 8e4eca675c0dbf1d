using System.Globalization;

namespace EdgeProxy.Tools.Results;

/// <summary>The result of a check of <c>.ci/run</c>.</summary>
/// <param name="Name">The name of the check.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Seconds">The time taken.</param>
/// <param name="Reason">The reason why it was skipped; empty if it was not.</param>
internal sealed record CheckResult(string Name, Outcome Outcome, int Seconds, string Reason)
{
    /// <summary>Reads a line that <c>.ci/run</c> wrote: outcome, seconds, name and reason between tabs.</summary>
    /// <exception cref="FormatException">It is not such a line.</exception>
    public static CheckResult Parse(string line) =>
        line.Split('\t') is [var outcome, var seconds, var name, var reason] && Enum.TryParse<Outcome>(outcome, ignoreCase: true, out var parsed)
            ? new CheckResult(name, parsed, int.Parse(seconds, CultureInfo.InvariantCulture), reason)
            : throw new FormatException($"Not a check's result: {line}");
}

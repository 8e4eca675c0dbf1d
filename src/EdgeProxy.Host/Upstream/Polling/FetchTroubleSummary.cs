using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream.Polling;

/// <summary>Formats one line about all environments that cannot be fetched.</summary>
internal static class FetchTroubleSummary
{
    private const int MaxCauses = 5;
    private const int MaxNamed = 3;

    /// <summary>Formats the line.</summary>
    /// <param name="failing">The environments, each with the cause of its last failure.</param>
    /// <param name="time">The clock.</param>
    public static string Of(IReadOnlyDictionary<EnvironmentState, string> failing, TimeProvider time)
    {
        var causes = failing.Values
            .GroupBy(static cause => cause, StringComparer.Ordinal)
            .OrderByDescending(static cause => cause.Count())
            .Select(static cause => $"{cause.Count()} {cause.Key}")
            .ToList();
        if (causes.Count > MaxCauses)
        {
            causes = [.. causes.Take(MaxCauses), $"and {causes.Count - MaxCauses} other causes"];
        }

        var names = failing.Count <= MaxNamed ? $" ({string.Join(", ", failing.Keys.Select(EnvironmentLabel.Of))})" : "";
        return $"{Quantity.Of(failing.Count, "environment")} not updated{names}: {string.Join(", ", causes)}; {Ages(failing.Keys, time)}";
    }

    private static string Ages(IEnumerable<EnvironmentState> failing, TimeProvider time)
    {
        var loaded = failing.Where(static environment => environment is { Current: not null, Freshness.Fetched: not null }).ToList();
        var missing = failing.Count() - loaded.Count;
        var oldest = loaded.Count == 0 ? null : $"oldest {ShortTime.Of(loaded.Max(environment => time.GetElapsedTime(environment.Freshness.FetchedTimestamp)))}";
        var never = missing == 0 ? null : $"{missing} never loaded, requests with {(missing == 1 ? "its" : "their")} keys get 503";
        return string.Join("; ", new[] { oldest, never }.OfType<string>());
    }
}

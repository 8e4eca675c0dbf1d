using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Upstream;

/// <summary>Compares the clock of this machine with that of the upstream (docs/spec/upstream-api.md 1.8).</summary>
internal static class ApiClock
{
    /// <summary>The difference that is tolerated: certificates, validators and ages of documents still mean what they say.</summary>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(60);

    /// <summary>The advice for a clock that is off.</summary>
    public const string Advice = "Synchronize it (timedatectl, chronyc tracking): certificates may count as expired or not valid yet, and ages of documents are wrong";

    /// <summary>Calculates how far this machine is ahead of the upstream; negative if it is behind.</summary>
    /// <param name="response">An answer of the upstream.</param>
    /// <param name="now">The time of this machine when it came.</param>
    /// <returns>Null if the answer has no <c>Date</c>.</returns>
    public static TimeSpan? SkewOf(HttpResponseMessage response, DateTimeOffset now) =>
        response.Headers.Date is { } date ? now - date - (response.Headers.Age ?? TimeSpan.Zero) : null; // caches keep the Date

    /// <summary>Describes the difference, in words that follow "the clock of this machine".</summary>
    public static string Describe(TimeSpan skew) => $"is {ShortTime.Of(skew.Duration())} {(skew > TimeSpan.Zero ? "ahead of" : "behind")} that of the API";
}

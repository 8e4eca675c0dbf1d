namespace EdgeProxy.Host.Common;

/// <summary>
/// The mechanisms that keep long work away from the threads that serve connections. All of them are on, and no setting
/// changes that. To measure what each is worth (docs/performance.md, "What each mechanism is worth"), the comparison starts
/// the program with a runtime configuration of its own, in which a property <c>EdgeProxy.Testing.Without…</c> leaves one out.
/// </summary>
/// <remarks>Each is read once, so that compiled code contains a constant.</remarks>
internal static class Mechanisms
{
    /// <summary>A connection that always has another request yields to others.</summary>
    public static bool ConnectionFairness { get; } = IsOn(nameof(ConnectionFairness));

    /// <summary>Long evaluations, large bodies and long answers in Brotli are handed to other threads.</summary>
    public static bool OffloadedRequests { get; } = IsOn(nameof(OffloadedRequests));

    /// <summary>Environments take turns on these threads; without, requests are answered in the order of their arrival.</summary>
    public static bool FairTurns { get; } = IsOn(nameof(FairTurns));

    /// <summary>Large bodies are compressed on a thread of their own.</summary>
    public static bool BackgroundWork { get; } = IsOn(nameof(BackgroundWork));

    /// <summary>Everything that talks to the upstream continues on the thread pool.</summary>
    public static bool UpstreamThreads { get; } = IsOn(nameof(UpstreamThreads));

    /// <summary>Threads that compile or compress have a lower priority than those that serve requests.</summary>
    public static bool LowPriority { get; } = IsOn(nameof(LowPriority));

    private static bool IsOn(string name) => !(AppContext.TryGetSwitch($"EdgeProxy.Testing.Without{name}", out var isLeftOut) && isLeftOut);
}

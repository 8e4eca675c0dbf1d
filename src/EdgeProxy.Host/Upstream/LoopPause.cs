namespace EdgeProxy.Host.Upstream;

/// <summary>The pause between two rounds of a loop.</summary>
/// <param name="Time">The length of the pause.</param>
/// <param name="AtLeast">The minimum length, even if a refresh is requested.</param>
internal readonly record struct LoopPause(TimeSpan Time, TimeSpan AtLeast = default);

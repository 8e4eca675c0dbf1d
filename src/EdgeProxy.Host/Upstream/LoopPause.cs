namespace EdgeProxy.Host.Upstream;

/// <summary>The pause between two rounds of a loop.</summary>
/// <param name="Time">How long it is.</param>
/// <param name="AtLeast">How long it is even where a refresh is requested.</param>
internal readonly record struct LoopPause(TimeSpan Time, TimeSpan AtLeast = default);

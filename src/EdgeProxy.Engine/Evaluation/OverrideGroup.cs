namespace EdgeProxy.Engine.Evaluation;

/// <summary>
/// Features that the same segments override, in the same order: the first segment that matches wins all of them, so the
/// segments are evaluated once for all.
/// </summary>
/// <param name="Segments">The segments, strongest first; none if only variants have to be picked.</param>
/// <param name="Features">The places of the features.</param>
internal readonly record struct OverrideGroup(int[] Segments, int[] Features);

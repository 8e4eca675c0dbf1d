namespace EdgeProxy.Engine.Evaluation;

/// <summary>
/// Features that the same segments override, in the same order: whoever wins wins them all, so the segments are asked once
/// for all of them.
/// </summary>
/// <param name="Segments">The segments, strongest first; none where only variants have to be picked.</param>
/// <param name="Features">The places of the features.</param>
internal readonly record struct OverrideGroup(int[] Segments, int[] Features);

namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>A flag of a chain.</summary>
/// <param name="Flag">Its number.</param>
/// <param name="Link">The number of the flag directly before it, or one of <see cref="FlagLinks"/>.</param>
internal readonly record struct ChainedFlag(int Flag, int Link);

namespace EdgeProxy.Host.Traits;

/// <summary>A key that requests came with. What came with a client-side key is never sent with another one.</summary>
/// <param name="Number">The number of the source, unique in this process.</param>
/// <param name="Key">The key.</param>
/// <param name="IsClientSide">True if it is the client-side key of its environment.</param>
/// <param name="Environment">The environment.</param>
internal sealed record TraitSource(int Number, string Key, bool IsClientSide, TraitEnvironment Environment);

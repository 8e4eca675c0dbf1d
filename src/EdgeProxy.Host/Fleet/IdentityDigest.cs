namespace EdgeProxy.Host.Fleet;

/// <summary>An identity and its traits as the store has them: keyed hashes (<see cref="SealedIdentities"/>).</summary>
/// <param name="Identity">The identity.</param>
/// <param name="Traits">Its traits; null for any.</param>
internal readonly record struct IdentityDigest(UInt128 Identity, UInt128? Traits);

namespace EdgeProxy.Host.Http.Identities;

/// <summary>Where a trait's key and value stand in the body, as they came: quotes, escapes, spelling of numbers and all.</summary>
/// <param name="KeyStart">The first byte of the key.</param>
/// <param name="KeyLength">Its length in bytes.</param>
/// <param name="ValueStart">The first byte of the value.</param>
/// <param name="ValueLength">Its length in bytes; 0 where there was none, which is null.</param>
internal readonly record struct TraitTokens(int KeyStart, int KeyLength, int ValueStart, int ValueLength);

namespace EdgeProxy.Host.Http.Identities;

/// <summary>
/// The positions of a trait's key and value in the body, as sent: with quotes, escapes and the spelling of numbers.
/// </summary>
/// <param name="KeyStart">The first byte of the key.</param>
/// <param name="KeyLength">Its length in bytes.</param>
/// <param name="ValueStart">The first byte of the value.</param>
/// <param name="ValueLength">Its length in bytes; 0 if it is missing, which is null.</param>
/// <param name="IsTransient">True if it must not be stored.</param>
internal readonly record struct TraitTokens(int KeyStart, int KeyLength, int ValueStart, int ValueLength, bool IsTransient = false);

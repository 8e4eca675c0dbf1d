namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>
/// A flag in a chain: its place among the bits, which hold it as it is written behind the flag before it in the chain, and
/// in the chain's text. The text of a chain is its flags with a comma between each two.
/// </summary>
/// <typeparam name="TLayout">The positions of the parts of a flag.</typeparam>
/// <param name="Layout">The positions of its parts.</param>
/// <param name="Start">Its first bit; only flags with a link have any of their own.</param>
/// <param name="Resume">
/// The bit position to continue from when the flag stands behind another flag, and what it has before that was written anew: at
/// the value, if that is long and so was coded without regard to what is before it; else at the end.
/// </param>
/// <param name="End">Behind its last bit: the first of the next flag in the chain.</param>
/// <param name="TextStart">The first byte of its JSON in the chain's text.</param>
/// <param name="CrcBefore">The CRC-32 of the chain's text up to there.</param>
/// <param name="CrcThrough">The same and the flag.</param>
internal readonly record struct CodedFlag<TLayout>(
    TLayout Layout, long Start, long Resume, long End, int TextStart, uint CrcBefore, uint CrcThrough);

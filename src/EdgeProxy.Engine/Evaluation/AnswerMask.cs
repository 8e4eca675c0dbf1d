namespace EdgeProxy.Engine.Evaluation;

/// <summary>Some of the cached results of a frame, as bits from a word on.</summary>
/// <param name="FirstWord">The word of the first bits.</param>
/// <param name="Words">The bits; null for none.</param>
internal readonly record struct AnswerMask(int FirstWord, ulong[]? Words);

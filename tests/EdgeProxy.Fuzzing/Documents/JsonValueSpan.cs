namespace EdgeProxy.Fuzzing.Documents;

/// <summary>The place of a value in a document: of a member or an item, or the whole.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">Behind its last.</param>
/// <param name="NameStart">The first byte of the member's name with its quote; -1 for items and the whole.</param>
internal readonly record struct JsonValueSpan(int Start, int End, int NameStart);

namespace EdgeProxy.Host.Environments;

/// <summary>A version that is not served until an operator releases it (docs/spec/changes.md 5).</summary>
/// <param name="Content">The digest of its content, which stays the same if only the time of change differs.</param>
/// <param name="Position">Its position among the versions of the environment.</param>
/// <param name="Since">The time since when it is held.</param>
/// <param name="Impact">The effect for which it is held.</param>
/// <param name="Document">The document; null if an earlier process held it and it did not come again yet.</param>
internal sealed record HeldVersion(UInt128 Content, DocumentPosition Position, DateTimeOffset Since, AnswerImpact Impact, ReadOnlyMemory<byte>? Document);

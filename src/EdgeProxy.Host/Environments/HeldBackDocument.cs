namespace EdgeProxy.Host.Environments;

/// <summary>An older document from the upstream that is held back.</summary>
/// <param name="Since">The time when the upstream began to return older documents.</param>
/// <param name="Position">The last such document.</param>
/// <param name="Polls">The number of consecutive polls that returned it.</param>
internal sealed record HeldBackDocument(DateTimeOffset Since, DocumentPosition Position, int Polls);

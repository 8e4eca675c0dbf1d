namespace EdgeProxy.Host.Environments;

/// <summary>An older document that the upstream gives and that is not served.</summary>
/// <param name="Since">When the upstream began to give older documents.</param>
/// <param name="Position">The document that it gave last.</param>
/// <param name="Polls">How many polls in a row brought it.</param>
internal sealed record HeldBackDocument(DateTimeOffset Since, DocumentPosition Position, int Polls);

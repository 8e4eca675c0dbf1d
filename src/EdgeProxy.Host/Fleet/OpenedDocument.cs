using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Fleet;

/// <summary>A decrypted document of the store.</summary>
/// <param name="Content">The document.</param>
/// <param name="Conditions">The upstream's validators of the document.</param>
internal sealed record OpenedDocument(byte[] Content, FetchConditions Conditions);

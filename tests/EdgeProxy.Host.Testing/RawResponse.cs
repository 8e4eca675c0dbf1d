namespace EdgeProxy.Host.Testing;

/// <summary>An answer, read off the wire.</summary>
internal sealed record RawResponse(int Status, string Body);

namespace EdgeProxy.Host.Traits;

/// <summary>The answer of the API to a request that was passed through.</summary>
/// <param name="Status">The status.</param>
/// <param name="ContentType">The type of the body; empty if there is none.</param>
/// <param name="RetryAfter">The value of <c>Retry-After</c>; empty if there is none.</param>
/// <param name="Body">The body.</param>
internal sealed record PassThroughAnswer(int Status, string ContentType, string RetryAfter, byte[] Body);

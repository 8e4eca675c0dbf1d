using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Environments;

/// <summary>A sampled request.</summary>
/// <param name="Kind">The form of the body.</param>
/// <param name="Audience">The audience of its key.</param>
/// <param name="Body">The body; valid until the next one is read.</param>
internal readonly record struct SampledRequest(SampledRequestKind Kind, FlagAudience Audience, ReadOnlyMemory<byte> Body);

using EdgeProxy.Engine.Rendering.Ofrep;

namespace EdgeProxy.Host.Environments;

/// <summary>The form of an environment's OFREP answers: a matter of settings, and the same for every version.</summary>
/// <param name="Format">The form of the flags.</param>
/// <param name="HasVersion">True if answers with all flags say the time of the document.</param>
internal sealed record OfrepForm(OfrepFormat Format, bool HasVersion = false)
{
    /// <summary>The member <c>eventStreams</c> with its comma, in UTF-8; empty if there is none.</summary>
    public ReadOnlyMemory<byte> EventStreams { get; init; }
}

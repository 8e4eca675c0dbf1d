using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Documents;

/// <summary>Receives the identity overrides of a document, one state after the other, in document order.</summary>
internal interface IOverrideReceiver
{
    /// <summary>Receives an override.</summary>
    /// <param name="identifier">The identifier of the identity, in UTF-8.</param>
    /// <param name="state">The overridden state.</param>
    void Receive(ReadOnlySpan<byte> identifier, in OverrideState state);
}

using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Documents;

/// <summary>Takes the identity overrides of a document, one state after the other, in the order they stand there.</summary>
internal interface IOverrideReceiver
{
    /// <summary>Takes one.</summary>
    /// <param name="identifier">The identifier of the identity, in UTF-8.</param>
    /// <param name="state">The overridden state.</param>
    void Receive(ReadOnlySpan<byte> identifier, in OverrideState state);
}

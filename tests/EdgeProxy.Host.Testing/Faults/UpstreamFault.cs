using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Testing.Faults;

/// <summary>One way in which an upstream misbehaves instead of giving a document.</summary>
/// <param name="Name">The name.</param>
/// <param name="Reason">A regular expression for the message that the proxy must log.</param>
/// <param name="AnswerAsync">Misbehaves; it is given the document that it should answer with.</param>
internal sealed record UpstreamFault(string Name, string Reason, Func<HttpContext, byte[], Task> AnswerAsync)
{
    /// <summary>The number, from 1, of the request of a poll that lasts until the other side abandons it; 0 for none.</summary>
    public int HangsAt { get; init; }

    /// <summary>True if it asks not to be asked again for a while.</summary>
    public bool AsksToWait { get; init; }

    /// <summary>True if it costs so much that it is not for many times in a row.</summary>
    public bool IsExpensive { get; init; }
}

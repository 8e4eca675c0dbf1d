using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Host.Testing.Faults;

/// <summary>One way in which an upstream misbehaves instead of giving a document.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Reason">What the proxy must say of it: a regular expression.</param>
/// <param name="AnswerAsync">Misbehaves; it is given the document that it should answer with.</param>
internal sealed record UpstreamFault(string Name, string Reason, Func<HttpContext, byte[], Task> AnswerAsync)
{
    /// <summary>Which request of a poll, counted from 1, goes on until the other side gives it up; 0 for none.</summary>
    public int HangsAt { get; init; }

    /// <summary>Whether it asks not to be asked again for a while.</summary>
    public bool AsksToWait { get; init; }

    /// <summary>Whether it costs so much that it is not for many times in a row.</summary>
    public bool IsExpensive { get; init; }
}

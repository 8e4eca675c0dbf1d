using System.Collections.Frozen;

namespace EdgeProxy.Host.Testing;

/// <summary>A request that the stand-in upstream got.</summary>
internal sealed record RecordedRequest(string Method, string Target, FrozenDictionary<string, string> Headers)
{
    /// <summary>The body, as text; empty if there was none.</summary>
    public string Body { get; init; } = "";

    /// <summary>A header; empty if the request had none of that name.</summary>
    public string Header(string name) => Headers.GetValueOrDefault(name, "");
}

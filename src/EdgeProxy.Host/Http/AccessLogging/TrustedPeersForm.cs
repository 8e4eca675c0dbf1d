using System.Text.Json.Nodes;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Http.AccessLogging;

/// <summary>Addresses and networks, as a list or as one text with commas between them.</summary>
internal sealed class TrustedPeersForm : TypedForm<TrustedPeers>
{
    /// <inheritdoc/>
    public override string Expectation => "addresses and networks, such as 10.0.0.0/8, or *";

    /// <inheritdoc/>
    public override TrustedPeers Read(SettingNode node, TrustedPeers otherwise)
    {
        if (node.IsUnset)
        {
            return otherwise;
        }

        var names = node.Items()
            .Select(item => item.Text(Expectation) ?? "")
            .SelectMany(static text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        if (TrustedPeers.TryCreate(names) is { } peers)
        {
            return peers;
        }

        node.Expected(Expectation);
        return otherwise;
    }

    /// <inheritdoc/>
    public override JsonNode? Write(TrustedPeers value) => new JsonArray([.. value.Names.Select(static name => JsonValue.Create(name))]);

    /// <inheritdoc/>
    public override JsonObject Schema() => ListForm.ListSchema();
}

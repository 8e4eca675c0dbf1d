using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Environments;

/// <summary>A list of pairs of keys.</summary>
internal sealed class EnvironmentKeyPairsForm : TypedForm<IReadOnlyList<EnvironmentKeyPairOptions>>
{
    private const string ServerSideKey = "server_side_key";
    private const string ClientSideKey = "client_side_key";

    /// <inheritdoc/>
    public override string Expectation => $"objects with {ServerSideKey} and {ClientSideKey}";

    /// <inheritdoc/>
    public override IReadOnlyList<EnvironmentKeyPairOptions> Read(SettingNode node, IReadOnlyList<EnvironmentKeyPairOptions> otherwise) =>
        [.. node.Items().Select(ReadPair).OfType<EnvironmentKeyPairOptions>()];

    /// <inheritdoc/>
    public override JsonNode? Write(IReadOnlyList<EnvironmentKeyPairOptions> value) => null; // there is no default

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["type"] = "array",
        ["items"] = new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray(ServerSideKey, ClientSideKey),
            ["properties"] = new JsonObject
            {
                [ServerSideKey] = EnvironmentKey.ServerSideSchema(),
                [ClientSideKey] = new JsonObject { ["type"] = "string", ["minLength"] = 1 },
            },
        },
    };

    private static EnvironmentKeyPairOptions? ReadPair(SettingNode pair)
    {
        if (!pair.IsObject)
        {
            pair.Expected($"an object with {ServerSideKey} and {ClientSideKey}");
            return null;
        }

        var serverKey = EnvironmentKey.Read(pair[ServerSideKey], isServerSide: true);
        var clientKey = EnvironmentKey.Read(pair[ClientSideKey], isServerSide: false);
        return serverKey is null || clientKey is null ? null : new EnvironmentKeyPairOptions(serverKey, clientKey);
    }
}

using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Offline;

/// <summary>A list of files, each a path or an object with a path and a key.</summary>
internal sealed class EnvironmentDocumentsForm : TypedForm<IReadOnlyList<EnvironmentDocumentOptions>>
{
    /// <inheritdoc/>
    public override string Expectation => "paths of files, or objects with a path";

    /// <inheritdoc/>
    public override IReadOnlyList<EnvironmentDocumentOptions> Read(SettingNode node, IReadOnlyList<EnvironmentDocumentOptions> otherwise) =>
        [.. node.Items().Select(ReadDocument).OfType<EnvironmentDocumentOptions>()];

    /// <inheritdoc/>
    public override JsonNode? Write(IReadOnlyList<EnvironmentDocumentOptions> value) => new JsonArray();

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["type"] = "array",
        ["items"] = new JsonObject
        {
            ["type"] = new JsonArray("object", "string"),
            ["required"] = new JsonArray("path"),
            ["properties"] = new JsonObject
            {
                ["path"] = new JsonObject { ["type"] = "string", ["minLength"] = 1 },
                ["server_side_key"] = EnvironmentKey.ServerSideSchema(),
            },
        },
    };

    private static EnvironmentDocumentOptions? ReadDocument(SettingNode document)
    {
        const string File = "the path of a file";
        var path = document.IsObject ? document["path"] : document;
        var key = document.IsObject ? document["server_side_key"] : null;
        var serverKey = key is { IsPresent: true } ? EnvironmentKey.Read(key, isServerSide: true) : null;
        if (path.Text(File) is { Length: > 0 } text)
        {
            return new EnvironmentDocumentOptions(text, serverKey);
        }

        path.Expected(File);
        return null;
    }
}

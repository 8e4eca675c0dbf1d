using System.IO.Compression;
using System.Text.Json.Nodes;

namespace EdgeProxy.Conformance.Tests.Golden;

/// <summary>An environment document, and what the Flagsmith Edge Proxy 2.23.0 answered to requests about it.</summary>
internal sealed class Recording
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Golden", "Recordings");

    private readonly JsonNode _json;

    private Recording(JsonNode json)
    {
        _json = json;
    }

    /// <summary>The names of all recordings.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Folder).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>The document.</summary>
    public string Document => _json["environment"]!.ToJsonString();

    /// <summary>The client-side key.</summary>
    public string ClientKey => (string)_json["client_key"]!;

    /// <summary>The server-side key.</summary>
    public string ServerKey => (string)_json["server_key"]!;

    /// <summary>Requests and answers.</summary>
    public IEnumerable<JsonNode> Exchanges => _json["exchanges"]!.AsArray().Select(static exchange => exchange!);

    /// <summary>Reads a recording.</summary>
    public static Recording Read(string name)
    {
        using var file = File.OpenRead(Path.Combine(Folder, name));
        using var json = new GZipStream(file, CompressionMode.Decompress);
        return new Recording(JsonNode.Parse(json)!);
    }
}

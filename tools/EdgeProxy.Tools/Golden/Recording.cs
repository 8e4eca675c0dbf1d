using System.IO.Compression;
using System.Text.Json;

namespace EdgeProxy.Tools.Golden;

/// <summary>An environment document with requests and the responses that the Flagsmith Edge Proxy gave to them.</summary>
internal sealed record Recording
{
    /// <summary>The file name.</summary>
    public required string Name { get; init; }

    /// <summary>The environment document, as the recording spells it.</summary>
    public required string Document { get; init; }

    /// <summary>The client-side key.</summary>
    public required string ClientKey { get; init; }

    /// <summary>The server-side key.</summary>
    public required string ServerKey { get; init; }

    /// <summary>Requests and responses.</summary>
    public required IReadOnlyList<RecordedExchange> Exchanges { get; init; }

    /// <summary>The recordings of a folder (<c>*.json</c> and <c>*.json.gz</c>), ordered by name.</summary>
    public static IReadOnlyList<string> FilesIn(string folder) =>
    [
        .. Directory.EnumerateFiles(folder)
            .Where(static path => path.EndsWith(".json", StringComparison.Ordinal) || path.EndsWith(".json.gz", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads a recording.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="KeyNotFoundException">A member is missing.</exception>
    public static Recording Read(string path)
    {
        using var json = JsonDocument.Parse(ReadText(path));
        var root = json.RootElement.Clone();
        return new Recording
        {
            Name = Path.GetFileName(path),
            Document = root.GetProperty("environment").GetRawText(),
            ClientKey = root.GetProperty("client_key").GetString()!,
            ServerKey = root.GetProperty("server_key").GetString()!,
            Exchanges = [.. root.GetProperty("exchanges").EnumerateArray().Select(RecordedExchange.Read)],
        };
    }

    /// <summary>The bytes of a file, decompressed if its name ends in <c>.gz</c>.</summary>
    public static byte[] ReadText(string path)
    {
        using var file = File.OpenRead(path);
        using Stream text = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var content = new MemoryStream();
        text.CopyTo(content);
        return content.ToArray();
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace EdgeProxy.Tools.Upstream;

/// <summary>A version of an environment document.</summary>
internal sealed record StandInDocument
{
    private StandInDocument(byte[] content, string key, string name, DateTimeOffset? updatedAt)
    {
        Content = content;
        ClientKey = key;
        Name = name;
        UpdatedAt = updatedAt;
        EntityTag = $"\"{Convert.ToHexString(SHA256.HashData(content).AsSpan(0, 8))}\"";
    }

    /// <summary>The JSON text.</summary>
    public byte[] Content { get; }

    /// <summary>Its <c>api_key</c>.</summary>
    public string ClientKey { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its <c>updated_at</c>, if it has one.</summary>
    public DateTimeOffset? UpdatedAt { get; }

    /// <summary>Its entity tag.</summary>
    public string EntityTag { get; }

    /// <summary><see cref="UpdatedAt"/> as seconds since 1970 with a fraction, as the API's header and events have it.</summary>
    public string? UpdatedAtSeconds =>
        UpdatedAt is { } time ? (time.UtcDateTime - DateTime.UnixEpoch).TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture) : null;

    /// <summary>Reads a document.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="KeyNotFoundException">It has no <c>api_key</c>.</exception>
    public static StandInDocument Read(byte[] content)
    {
        using var json = JsonDocument.Parse(content);
        var root = json.RootElement;
        return new StandInDocument(
            content,
            root.GetProperty("api_key").GetString()!,
            root.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "",
            root.TryGetProperty("updated_at", out var time) && time.TryGetDateTimeOffset(out var updatedAt) ? updatedAt : null);
    }

    /// <summary>True if a request's conditions say that the client has this version.</summary>
    public bool IsKnownTo(HttpRequest request)
    {
        if (request.Headers.IfNoneMatch.Count > 0)
        {
            return request.Headers.IfNoneMatch == EntityTag;
        }

        return UpdatedAt is { } time
            && DateTimeOffset.TryParse(request.Headers.IfModifiedSince, CultureInfo.InvariantCulture, out var since)
            && since.ToUnixTimeSeconds() >= time.ToUnixTimeSeconds();
    }
}

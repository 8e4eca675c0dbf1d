using System.Text.Json;

namespace EdgeProxy.Tools.Golden;

/// <summary>A request, and the recorded response to it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Key">The environment key that was sent.</param>
/// <param name="Body">The JSON text of the body; null for none.</param>
/// <param name="Status">The status of the response.</param>
/// <param name="Response">The body of the response.</param>
internal sealed record RecordedExchange(string Method, string Target, string Key, string? Body, int Status, JsonElement Response)
{
    /// <summary>Reads an exchange as recordings hold it.</summary>
    public static RecordedExchange Read(JsonElement json)
    {
        var body = json.GetProperty("body");
        return new RecordedExchange(
            json.GetProperty("method").GetString()!,
            json.GetProperty("target").GetString()!,
            json.GetProperty("key").GetString()!,
            body.ValueKind == JsonValueKind.Null ? null : body.GetRawText(),
            json.GetProperty("status").GetInt32(),
            json.GetProperty("response"));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Target} {Body}";
}

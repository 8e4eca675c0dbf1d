using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>An http or https URL without a query; a slash at the end is left out.</summary>
internal sealed class UrlForm : TypedForm<Uri?>
{
    /// <inheritdoc/>
    public override string Expectation => "an http or https URL without a query";

    /// <inheritdoc/>
    public override Uri? Read(SettingNode node, Uri? otherwise)
    {
        if (node.IsUnset)
        {
            return otherwise;
        }

        var text = node.Text(Expectation);
        if (Uri.TryCreate(text?.TrimEnd('/'), UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https" && url.Query.Length == 0 && url.Fragment.Length == 0)
        {
            return url;
        }

        // A URL may hold a password.
        node.Expected(Expectation, isSecret: text?.Contains('@', StringComparison.Ordinal) ?? false);
        return otherwise;
    }

    /// <inheritdoc/>
    public override JsonNode? Write(Uri? value) => value is null ? null : JsonValue.Create(value.AbsoluteUri);

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "string", ["format"] = "uri", ["pattern"] = "^https?://[^?#]+$" };
}

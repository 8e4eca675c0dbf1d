using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>An http or https URL without a query, or none.</summary>
internal sealed class OptionalUrlForm : TypedForm<Uri?>, IOptionalForm
{
    private static readonly Uri Invalid = new("http://invalid.invalid");

    private readonly UrlForm _form = new();

    /// <inheritdoc/>
    public SettingForm Inner => _form;

    /// <inheritdoc/>
    public override string Expectation => _form.Expectation;

    /// <inheritdoc/>
    public override Uri? Read(SettingNode node, Uri? otherwise)
    {
        if (node.IsUnset)
        {
            return node.IsPresent ? null : otherwise;
        }

        var url = _form.Read(node, Invalid);
        return ReferenceEquals(url, Invalid) ? otherwise : url;
    }

    /// <inheritdoc/>
    public override JsonNode? Write(Uri? value) => value is null ? null : _form.Write(value);

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var schema = _form.Schema();
        schema["type"] = new JsonArray("string", "null");
        schema["pattern"] = "^$|^https?://[^?#]+$";
        return schema;
    }
}

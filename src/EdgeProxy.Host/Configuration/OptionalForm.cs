using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>A value, or null for none.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal sealed class OptionalForm<T> : TypedForm<T?>, IOptionalForm
    where T : struct
{
    private readonly TypedForm<T> _form;

    /// <param name="form">The form of the value.</param>
    public OptionalForm(TypedForm<T> form)
    {
        _form = form;
    }

    /// <inheritdoc/>
    public SettingForm Inner => _form;

    /// <inheritdoc/>
    public override string Expectation => _form.Expectation;

    /// <inheritdoc/>
    public override T? Read(SettingNode node, T? otherwise)
    {
        if (node.IsUnset)
        {
            return node.IsPresent ? null : otherwise;
        }

        var problems = node.Reading.Problems.Count;
        var value = _form.Read(node, default);
        return node.Reading.Problems.Count == problems ? value : otherwise;
    }

    /// <inheritdoc/>
    public override JsonNode? Write(T? value) => value is { } given ? _form.Write(given) : null;

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var schema = _form.Schema();
        schema["type"] = new JsonArray(schema["type"]?.DeepClone(), "null");
        return schema;
    }
}

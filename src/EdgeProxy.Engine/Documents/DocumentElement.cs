using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Documents;

/// <summary>
/// An element of the document and its path. Reading it as the wrong type throws an <see cref="InvalidPartException"/> that
/// says so.
/// </summary>
internal readonly struct DocumentElement
{
    private readonly JsonElement _element;
    private readonly DocumentPath _path;

    public DocumentElement(JsonElement element, DocumentPath path)
    {
        _element = element;
        _path = path;
    }

    /// <summary>The path of the element.</summary>
    public DocumentPath Path => _path;

    /// <summary>Indicates whether it is there at all.</summary>
    public bool IsMissing => _element.ValueKind == JsonValueKind.Undefined;

    /// <summary>Indicates whether it is missing or null.</summary>
    public bool IsUnset => _element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    /// <summary>The kind of the element.</summary>
    public JsonValueKind Kind => _element.ValueKind;

    /// <summary>Finds a member of this object; the last of several with the same name. Missing if there is none.</summary>
    public DocumentElement Member(string name)
    {
        if (_element.ValueKind != JsonValueKind.Object)
        {
            throw NotA("an object");
        }

        try
        {
            return new DocumentElement(_element.TryGetProperty(name, out var member) ? member : default, _path.Member(name));
        }
        catch (InvalidOperationException)
        {
            // Names are compared without unescaping, and this one has no valid escapes.
            throw new InvalidPartException(_path, "has a member whose name holds half of a surrogate pair");
        }
    }

    /// <summary>Enumerates the items of this array; none if it is missing or null.</summary>
    public IEnumerable<DocumentElement> Items()
    {
        if (IsUnset)
        {
            yield break;
        }

        if (_element.ValueKind != JsonValueKind.Array)
        {
            throw NotA("an array");
        }

        var index = 0;
        foreach (var item in _element.EnumerateArray())
        {
            yield return new DocumentElement(item, _path.Item(index++));
        }
    }

    /// <summary>Reads a string.</summary>
    public string AsString() => _element.ValueKind == JsonValueKind.String
        ? JsonText.TryGetString(_element, out var text) ? text : throw new InvalidPartException(_path, "holds half of a surrogate pair")
        : throw NotA("a string");

    /// <summary>Reads a string; null if it is missing or null.</summary>
    public string? AsOptionalString() => IsUnset ? null : AsString();

    /// <summary>Reads a boolean.</summary>
    public bool AsBoolean() => _element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw NotA("a boolean"),
    };

    /// <summary>Reads a boolean; null if it is missing or null.</summary>
    public bool? AsOptionalBoolean() => IsUnset ? null : AsBoolean();

    /// <summary>Reads an id: a whole number.</summary>
    public long AsId() => _element.ValueKind == JsonValueKind.Number && _element.TryGetInt64(out var id) ? id : throw NotA("a whole number");

    /// <summary>Reads a number, as it is spelled.</summary>
    public ScalarValue AsNumber() =>
        _element.ValueKind == JsonValueKind.Number ? ScalarValue.FromJsonNumber(_element.GetRawText()) : throw NotA("a number");

    /// <summary>Reads a scalar; null is one.</summary>
    public ScalarValue AsScalar()
    {
        if (_element.ValueKind == JsonValueKind.String)
        {
            return AsString(); // which reports text that is not Unicode
        }

        return JsonScalar.TryGet(_element, out var value) ? value : throw NotA("a string, a number, a boolean or null");
    }

    /// <summary>Copies an object, so that it outlives the document; null if it is missing or null.</summary>
    public JsonElement? AsOptionalObject() =>
        IsUnset ? null : _element.ValueKind == JsonValueKind.Object ? _element.Clone() : throw NotA("an object");

    /// <summary>The element itself, for parts that are valid in any form.</summary>
    public JsonElement Unwrap() => _element;

    private InvalidPartException NotA(string wanted) => new(_path, IsMissing ? "is missing" : $"is not {wanted}");
}

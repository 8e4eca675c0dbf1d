using System.Buffers.Text;
using System.Text;
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
    // Shorter texts are decoded at once: most of them are compared, not written.
    private const int LongText = 128;

    private readonly DocumentTree? _tree;
    private readonly int _node;
    private readonly int _start;
    private readonly DocumentPath _path;

    /// <summary>The whole of a document.</summary>
    public DocumentElement(DocumentTree tree, DocumentPath path)
        : this(tree, 0, tree.Start(0), path)
    {
    }

    private DocumentElement(DocumentTree? tree, int node, int start, DocumentPath path)
    {
        _tree = tree;
        _node = node;
        _start = start;
        _path = path;
    }

    /// <summary>The path of the element.</summary>
    public DocumentPath Path => _path;

    /// <summary>Indicates whether it is there at all.</summary>
    public bool IsMissing => _tree is null;

    /// <summary>Indicates whether it is missing or null.</summary>
    public bool IsUnset => Kind is JsonValueKind.Undefined or JsonValueKind.Null;

    /// <summary>The kind of the element.</summary>
    public JsonValueKind Kind => _tree is null ? JsonValueKind.Undefined : _tree.From(_start)[0] switch
    {
        (byte)'{' => JsonValueKind.Object,
        (byte)'[' => JsonValueKind.Array,
        (byte)'"' => JsonValueKind.String,
        (byte)'t' => JsonValueKind.True,
        (byte)'f' => JsonValueKind.False,
        (byte)'n' => JsonValueKind.Null,
        _ => JsonValueKind.Number,
    };

    /// <summary>Finds a member of this object; the last of several with the same name. Missing if there is none.</summary>
    public DocumentElement Member(string name)
    {
        if (_tree is null || Kind != JsonValueKind.Object)
        {
            throw NotA("an object");
        }

        var found = new DocumentElement(tree: null, 0, 0, _path.Member(name));
        var isBroken = false;
        var end = _tree.Next(_node);
        for (var node = _node + 1; node < end; node = _tree.Next(node))
        {
            var start = _tree.Start(node);
            if (JsonSpelling.IsName(_tree.From(start), name, out var isThisBroken))
            {
                found = new DocumentElement(_tree, node, start + JsonSpelling.FindValue(_tree.From(start)), found._path);
                isBroken = false; // an earlier one does not count
            }

            isBroken |= isThisBroken;
        }

        return isBroken ? throw new InvalidPartException(_path, "has a member whose name holds half of a surrogate pair") : found;
    }

    /// <summary>Enumerates the items of this array; none if it is missing or null.</summary>
    public IEnumerable<DocumentElement> Items() =>
        IsUnset ? []
        : _tree is not null && Kind == JsonValueKind.Array ? Items(_tree, _node, _path)
        : throw NotA("an array");

    /// <summary>Reads a string.</summary>
    public string AsString() => Kind == JsonValueKind.String
        ? TextOrNull() ?? throw HalfOfAPair()
        : throw NotA("a string");

    /// <summary>Reads a string; null if it is missing or null.</summary>
    public string? AsOptionalString() => IsUnset ? null : AsString();

    /// <summary>Reads a boolean.</summary>
    public bool AsBoolean() => Kind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw NotA("a boolean"),
    };

    /// <summary>Reads a boolean; null if it is missing or null.</summary>
    public bool? AsOptionalBoolean() => IsUnset ? null : AsBoolean();

    /// <summary>Reads an id: a whole number.</summary>
    public long AsId() => TryGetInteger(out var id) ? id : throw NotA("a whole number");

    /// <summary>Determines whether it is a whole number of 64 bits.</summary>
    public bool TryGetInteger(out long value)
    {
        value = 0;
        return Kind == JsonValueKind.Number && Utf8Parser.TryParse(Number(), out value, out var consumed) && consumed == Number().Length;
    }

    /// <summary>Reads a number, as it is spelled.</summary>
    public ScalarValue AsNumber() =>
        Kind == JsonValueKind.Number ? ScalarValue.FromJsonNumber(Encoding.ASCII.GetString(Number())) : throw NotA("a number");

    /// <summary>Reads a scalar; null is one. A long text is not decoded, but refers to the document.</summary>
    public ScalarValue AsScalar()
    {
        switch (Kind)
        {
            case JsonValueKind.String:
                var length = JsonSpelling.TextLength(Content());
                if (length <= LongText)
                {
                    return AsString();
                }

                var spelled = new SpelledText(_tree!.Slice(_start + 1, length));
                return spelled.IsUnicode ? new ScalarValue(spelled) : throw HalfOfAPair();
            case JsonValueKind.Number:
                return AsNumber();
            case JsonValueKind.True or JsonValueKind.False:
                return Kind == JsonValueKind.True;
            case JsonValueKind.Null:
                return default;
            default:
                throw NotA("a string, a number, a boolean or null");
        }
    }

    /// <summary>Reads a scalar as text (docs/spec/evaluation.md 5.9); null for an element that no value can equal.</summary>
    public string? ToPlainText() => Kind switch
    {
        JsonValueKind.String => TextOrNull(),
        JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Undefined => null,
        _ => AsScalar().AsText(),
    };

    /// <summary>Copies an object, so that it outlives the document; null if it is missing or null.</summary>
    public JsonElement? AsOptionalObject()
    {
        if (IsUnset)
        {
            return null;
        }

        if (Kind != JsonValueKind.Object)
        {
            throw NotA("an object");
        }

        var reader = new Utf8JsonReader(_tree!.From(_start), new JsonReaderOptions { MaxDepth = EnvironmentDocumentReader.MaxDepth });
        return JsonElement.ParseValue(ref reader);
    }

    private static IEnumerable<DocumentElement> Items(DocumentTree tree, int array, DocumentPath path)
    {
        var index = 0;
        var end = tree.Next(array);
        for (var node = array + 1; node < end; node = tree.Next(node))
        {
            yield return new DocumentElement(tree, node, tree.Start(node), path.Item(index++));
        }
    }

    /// <summary>The bytes behind the opening quote of a string, to the end of the document.</summary>
    private ReadOnlySpan<byte> Content() => _tree!.From(_start + 1);

    private ReadOnlySpan<byte> Number() => JsonSpelling.Number(_tree!.From(_start));

    private string? TextOrNull()
    {
        var content = Content();
        return JsonSpelling.Decode(content[..JsonSpelling.TextLength(content)]);
    }

    private InvalidPartException HalfOfAPair() => new(_path, "holds half of a surrogate pair");

    private InvalidPartException NotA(string wanted) => new(_path, IsMissing ? "is missing" : $"is not {wanted}");
}

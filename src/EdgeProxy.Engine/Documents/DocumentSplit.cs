using System.Text.Json;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Documents;

/// <summary>
/// A document in two parts: its identity overrides, which may be nearly all of it and are read one by one, and the rest,
/// which is read as a tree. Splitting reads all of it once, and so detects invalid JSON.
/// </summary>
internal readonly struct DocumentSplit
{
    private readonly ReadOnlyMemory<byte> _document;
    private readonly int _start;
    private readonly int _end;

    private DocumentSplit(ReadOnlyMemory<byte> document, int start, int end, int overrideCount)
    {
        _document = document;
        _start = start;
        _end = end;
        OverrideCount = overrideCount;
    }

    /// <summary>The number of identity overrides that were split off; if it is 0, the rest is the whole document.</summary>
    public int OverrideCount { get; }

    /// <summary>The array of identity overrides, if there are any.</summary>
    public ReadOnlyMemory<byte> Overrides => _document[_start.._end];

    /// <summary>The length of the rest in bytes.</summary>
    public int RestLength => OverrideCount == 0 ? _document.Length : _start + EmptyArray.Length + _document.Length - _end;

    private static ReadOnlySpan<byte> EmptyArray => "[]"u8;

    /// <summary>Splits a document.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static DocumentSplit Of(ReadOnlyMemory<byte> document)
    {
        var reader = new Utf8JsonReader(document.Span, new JsonReaderOptions { MaxDepth = EnvironmentDocumentReader.MaxDepth });
        var split = new DocumentSplit(document, 0, 0, 0);
        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                // Of members with the same name the last one counts, whatever its type.
                var isOverrides = JsonText.IsName(ref reader, EnvironmentDocumentReader.IdentityOverrides);
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                if (!isOverrides)
                {
                    reader.Skip();
                }
                else if (reader.TokenType == JsonTokenType.StartArray)
                {
                    var count = SkipItems(ref reader);
                    split = new DocumentSplit(document, start, (int)reader.BytesConsumed, count);
                }
                else
                {
                    reader.Skip();
                    split = new DocumentSplit(document, 0, 0, 0);
                }
            }
        }

        while (reader.Read())
        {
            // To the end, so that any error is detected.
        }

        return split;
    }

    /// <summary>Writes the document without its identity overrides.</summary>
    public void CopyRest(Span<byte> destination)
    {
        var document = _document.Span;
        document[.._start].CopyTo(destination);
        EmptyArray.CopyTo(destination[_start..]);
        document[_end..].CopyTo(destination[(_start + EmptyArray.Length)..]);
    }

    private static int SkipItems(ref Utf8JsonReader reader)
    {
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            count++;
        }

        return count;
    }
}

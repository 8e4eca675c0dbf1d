using System.Text.Json;

namespace EdgeProxy.Engine.Documents;

/// <summary>A lower bound of the memory that compiling a document takes.</summary>
internal static class DocumentCost
{
    // Less than documents of one kind of part need, as counted from what is kept of each (docs/performance.md): a document
    // that fits must not be rejected, and one that runs out of memory nevertheless is rejected then.
    private const int BytesPerByte = 3;
    private const int BytesPerObject = 250;

    // Identity overrides are read one by one, and equal ones are kept once.
    private const int BytesPerOverrideByte = 2;

    /// <summary>The memory, in bytes, without which this document cannot be compiled.</summary>
    /// <param name="document">The document; if it is not JSON, only its length counts.</param>
    public static long MinBytes(ReadOnlyMemory<byte> document)
    {
        try
        {
            var split = DocumentTree.Read(document);
            var overrides = split.OverrideCount == 0 ? 0 : (long)split.Overrides.Length;
            var rest = document.Length - overrides;
            return (rest * BytesPerByte)
                + ((CountObjects(document) - (split.OverrideCount == 0 ? 0 : CountObjects(split.Overrides))) * BytesPerObject)
                + (overrides * BytesPerOverrideByte);
        }
        catch (JsonException)
        {
            return document.Length * (long)BytesPerOverrideByte; // rejected when it is read
        }
    }

    private static long CountObjects(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = EnvironmentDocumentReader.MaxDepth });
        var count = 0L;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                count++;
            }
        }

        return count;
    }
}

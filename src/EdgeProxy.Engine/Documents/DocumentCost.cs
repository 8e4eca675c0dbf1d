using System.Text.Json;

namespace EdgeProxy.Engine.Documents;

/// <summary>Estimates the memory that compiling a document takes.</summary>
internal static class DocumentCost
{
    // Measured with documents of 10 MB in a heap that was made smaller until they did not fit: 12 to 31 bytes for each byte
    // (docs/performance.md), 580 to 1,800 for each object. These are lower: a document that fits must not be rejected.
    private const int BytesPerByte = 5;
    private const int BytesPerObject = 450;

    // They are read one by one, and equal ones are kept once.
    private const int BytesPerOverrideByte = 2;

    /// <summary>Estimates the memory, in bytes, without which a document cannot be compiled.</summary>
    /// <param name="document">JSON in UTF-8; if it is not valid, only its length counts.</param>
    public static long MinFor(ReadOnlyMemory<byte> document)
    {
        try
        {
            var split = DocumentSplit.Of(document);
            var overrides = (long)document.Length - split.RestLength;
            return (split.RestLength * (long)BytesPerByte)
                + ((CountObjects(document) - (split.OverrideCount == 0 ? 0 : CountObjects(split.Overrides))) * BytesPerObject)
                + (overrides * BytesPerOverrideByte);
        }
        catch (JsonException)
        {
            return (long)document.Length * BytesPerOverrideByte;
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

using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Documents;

/// <summary>
/// A lower bound of the memory that compiling a document takes, by what it consists of. Counted in one pass without a tree,
/// which would take memory itself.
/// </summary>
internal static class DocumentCost
{
    // A little less than documents of one kind of part need (docs/performance.md): a document that fits must not be rejected,
    // and one that runs out of memory nevertheless is rejected then.
    private const int BytesPerByte = 3;
    private const int BytesPerObject = 200;
    private const int BytesPerCondition = 330;
    private const int BytesPerPatternByte = 9;

    // Identity overrides are read one by one, and equal ones are kept once: half as much.
    private const int OverrideDivisor = 2;

    // It is rejected when it is read.
    private const int BytesPerInvalidByte = 2;

    /// <summary>The memory, in bytes, without which this document cannot be compiled.</summary>
    /// <param name="document">The document; if it is not JSON, only its length counts.</param>
    public static long MinBytes(ReadOnlyMemory<byte> document)
    {
        try
        {
            return Count(document.Span);
        }
        catch (JsonException)
        {
            return document.Length * (long)BytesPerInvalidByte;
        }
    }

    private static long Count(ReadOnlySpan<byte> document)
    {
        var reader = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = EnvironmentDocumentReader.MaxDepth });
        Span<Part> open = new Part[EnvironmentDocumentReader.MaxDepth + 1];
        var cost = document.Length * (long)BytesPerByte;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    open[reader.CurrentDepth] = default;
                    break;
                case JsonTokenType.EndObject:
                    cost += open[reader.CurrentDepth].Cost;
                    break;
                case JsonTokenType.PropertyName when reader.CurrentDepth == 1 && JsonText.IsName(ref reader, EnvironmentDocumentReader.IdentityOverrides):
                    reader.Read();
                    var start = reader.TokenStartIndex;
                    reader.Skip();
                    cost -= (reader.BytesConsumed - start) * BytesPerByte / OverrideDivisor;
                    break;
                case JsonTokenType.PropertyName:
                    ReadMember(ref reader, ref open[reader.CurrentDepth - 1]);
                    break;
            }
        }

        return cost;
    }

    /// <summary>Reads the value of a member that tells what an object is; other values are left to be read.</summary>
    private static void ReadMember(ref Utf8JsonReader reader, ref Part part)
    {
        if (JsonText.IsName(ref reader, "operator"))
        {
            reader.Read();
            part.IsCondition = true;
            part.IsPattern = reader.TokenType == JsonTokenType.String && JsonText.IsName(ref reader, ConditionOperators.Regex);
            reader.Skip();
        }
        else if (JsonText.IsName(ref reader, "value"))
        {
            var value = reader;
            value.Read();
            part.ValueLength = value.TokenType == JsonTokenType.String ? value.ValueSpan.Length : 0;
        }
    }

    private struct Part
    {
        public bool IsCondition;
        public bool IsPattern;
        public int ValueLength;

        public readonly long Cost =>
            !IsCondition ? BytesPerObject : BytesPerCondition + (IsPattern ? ValueLength * (long)BytesPerPatternByte : 0);
    }
}

using System.Text.Json;

namespace EdgeProxy.Fuzzing.Documents;

/// <summary>Finds all values of a document. What it is changed by are bytes, so that the odd ones stay as odd as they are.</summary>
internal static class JsonValueFinder
{
    /// <summary>All values, the inner before the outer.</summary>
    public static JsonValueSpan[] Find(ReadOnlySpan<byte> document)
    {
        var values = new List<JsonValueSpan>();
        var open = new Stack<(int Start, int Name)>();
        var reader = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = 256 });
        var name = -1;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = (int)reader.TokenStartIndex;
                    continue;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push(((int)reader.TokenStartIndex, name));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    var (start, itsName) = open.Pop();
                    values.Add(new JsonValueSpan(start, (int)reader.BytesConsumed, itsName));
                    break;
                default:
                    values.Add(new JsonValueSpan((int)reader.TokenStartIndex, (int)reader.BytesConsumed, name));
                    break;
            }

            name = -1;
        }

        return [.. values];
    }
}

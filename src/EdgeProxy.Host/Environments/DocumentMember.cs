using System.Text.Json;
using EdgeProxy.Engine.Compilation;

namespace EdgeProxy.Host.Environments;

/// <summary>Finds a single member of a document without parsing the rest.</summary>
internal static class DocumentMember
{
    /// <summary>Finds the first member of that name with a text value.</summary>
    /// <param name="document">JSON in UTF-8.</param>
    /// <param name="name">The name, in UTF-8.</param>
    /// <returns>Null if there is none, or the document is not an object.</returns>
    /// <exception cref="JsonException">The part before the member is not JSON.</exception>
    /// <exception cref="InvalidOperationException">The value, or a name before it, contains half of a surrogate pair.</exception>
    public static string? FindText(ReadOnlySpan<byte> document, ReadOnlySpan<byte> name)
    {
        var reader = ReaderOf(document);
        return IsFound(ref reader, name, JsonTokenType.String) ? reader.GetString() : null;
    }

    /// <summary>Finds the first member of that name with a number; null if there is none, or it is not an integer.</summary>
    /// <exception cref="JsonException">The part before the member is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A name before it contains half of a surrogate pair.</exception>
    public static long? FindInteger(ReadOnlySpan<byte> document, ReadOnlySpan<byte> name)
    {
        var reader = ReaderOf(document);
        return IsFound(ref reader, name, JsonTokenType.Number) && reader.TryGetInt64(out var number) ? number : null;
    }

    /// <summary>Determines whether a member of an object that is a member of the document is true.</summary>
    /// <exception cref="JsonException">The part before the member is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A name before it contains half of a surrogate pair.</exception>
    public static bool IsTrue(ReadOnlySpan<byte> document, ReadOnlySpan<byte> parent, ReadOnlySpan<byte> name)
    {
        var reader = ReaderOf(document);
        return IsFound(ref reader, parent, JsonTokenType.StartObject) && IsFoundHere(ref reader, name, JsonTokenType.True);
    }

    private static Utf8JsonReader ReaderOf(ReadOnlySpan<byte> document) => new(document, new JsonReaderOptions { MaxDepth = EnvironmentCompiler.MaxDocumentDepth });

    /// <summary>Reads up to the first value of a type in a member of that name.</summary>
    private static bool IsFound(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, JsonTokenType type)
    {
        reader.Read();
        return IsFoundHere(ref reader, name, type);
    }

    /// <summary>The same from the beginning of an object.</summary>
    private static bool IsFoundHere(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, JsonTokenType type)
    {
        while (reader.TokenType != JsonTokenType.None && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMatch = reader.ValueTextEquals(name);
            reader.Read();
            if (isMatch && reader.TokenType == type)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}

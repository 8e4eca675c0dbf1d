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
        var reader = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = EnvironmentCompiler.MaxDocumentDepth });
        reader.Read();
        while (reader.TokenType != JsonTokenType.None && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt && reader.TokenType == JsonTokenType.String)
            {
                return reader.GetString();
            }

            reader.Skip();
        }

        return null;
    }
}

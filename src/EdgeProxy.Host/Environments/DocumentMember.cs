using System.Text.Json;
using EdgeProxy.Engine.Compilation;

namespace EdgeProxy.Host.Environments;

/// <summary>Looks a single member of a document up, without a look at the rest.</summary>
internal static class DocumentMember
{
    /// <summary>The first text that a member of that name has.</summary>
    /// <param name="document">JSON in UTF-8.</param>
    /// <param name="name">The name, in UTF-8.</param>
    /// <returns>Null if there is none, or no object.</returns>
    /// <exception cref="JsonException">What is before it is not JSON.</exception>
    /// <exception cref="InvalidOperationException">It, or a name before it, holds half of a surrogate pair.</exception>
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

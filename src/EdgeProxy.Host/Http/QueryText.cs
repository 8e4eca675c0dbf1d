using System.Buffers;
using System.Text;

namespace EdgeProxy.Host.Http;

/// <summary>Reads values from a query string, in UTF-8.</summary>
internal static class QueryText
{
    private const int MaxNameBytes = 64;

    /// <summary>The maximum length of a parameter's decoded value.</summary>
    public static int MaxLength(string query) => PercentText.MaxLength(query.Length);

    /// <summary>
    /// Finds the value of a parameter and decodes <c>%XX</c> and <c>+</c>. Of several the last counts. Bytes that are not
    /// UTF-8 become U+FFFD, and a percent sign without two digits is kept.
    /// </summary>
    /// <param name="query">The query, with its question mark or without.</param>
    /// <param name="name">The parameter, in ASCII.</param>
    /// <param name="destination">Receives the value: at least <see cref="MaxLength"/> bytes.</param>
    /// <returns>The length of the value; -1 if there is no such parameter.</returns>
    public static int Find(string query, string name, Span<byte> destination)
    {
        var found = -1;
        var rest = query.AsSpan(query.StartsWith('?') ? 1 : 0);
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf('&');
            var parameter = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            var equals = parameter.IndexOf('=');
            if (IsName(equals < 0 ? parameter : parameter[..equals], name))
            {
                found = equals < 0 ? 0 : PercentText.Decode(parameter[(equals + 1)..], plusIsBlank: true, destination);
            }
        }

        return found;
    }

    /// <summary>Finds the value of a parameter as <see cref="Find"/> does, and returns it as text.</summary>
    /// <param name="query">The query, with its question mark or without.</param>
    /// <param name="name">The parameter, in ASCII.</param>
    /// <returns>The value; null if there is no such parameter.</returns>
    public static string? FindText(string query, string name)
    {
        var room = ArrayPool<byte>.Shared.Rent(MaxLength(query));
        var length = Find(query, name, room);
        var value = length < 0 ? null : Encoding.UTF8.GetString(room, 0, length);
        ArrayPool<byte>.Shared.Return(room);
        return value;
    }

    private static bool IsName(ReadOnlySpan<char> key, string name)
    {
        if (!key.ContainsAny('%', '+'))
        {
            return key.SequenceEqual(name);
        }

        Span<byte> decoded = stackalloc byte[MaxNameBytes * 3];
        return key.Length <= MaxNameBytes && Ascii.Equals(decoded[..PercentText.Decode(key, plusIsBlank: true, decoded)], name);
    }
}

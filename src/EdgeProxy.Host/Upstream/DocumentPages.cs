using System.Text.Json;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream;

/// <summary>
/// Joins the pages of a document: the first page as it is, with the <c>identity_overrides</c> of the further ones appended
/// to its own. On bytes, so that unknown members are kept.
/// </summary>
internal static class DocumentPages
{
    private static ReadOnlySpan<byte> MemberName => "identity_overrides"u8;

    /// <summary>Joins the pages.</summary>
    /// <exception cref="UpstreamException">A page is not a document.</exception>
    public static byte[] Merge(IReadOnlyList<byte[]> pages)
    {
        try
        {
            return MergeJson(pages);
        }
        catch (JsonException exception)
        {
            throw new UpstreamException("a page is not valid JSON", innerException: exception);
        }
    }

    private static byte[] MergeJson(IReadOnlyList<byte[]> pages)
    {
        Place[] places = [.. pages.Select(Find)];
        var first = places[0];
        var name = !first.IsMissing ? default : first.IsOnlyMember ? "\"identity_overrides\":"u8 : ",\"identity_overrides\":"u8;
        var before = pages[0].AsSpan(0, first.Start);
        var after = pages[0].AsSpan(first.End);

        // Measured first: it is the largest allocation, and it is kept.
        var length = before.Length + name.Length + "[]".Length + after.Length;
        var separators = -1;
        for (var i = 0; i < places.Length; i++)
        {
            var items = places[i].ItemsOf(pages[i]);
            length += items.Length;
            separators += items.IsEmpty ? 0 : 1;
        }

        var merged = GC.AllocateUninitializedArray<byte>(length + Math.Max(0, separators));
        var rest = Append(merged, before);
        rest = Append(rest, name);
        rest = Append(rest, "["u8);
        var isEmpty = true;
        for (var i = 0; i < places.Length; i++)
        {
            var items = places[i].ItemsOf(pages[i]);
            if (!items.IsEmpty)
            {
                rest = Append(rest, isEmpty ? default : ","u8);
                rest = Append(rest, items);
                isEmpty = false;
            }
        }

        rest = Append(rest, "]"u8);
        Append(rest, after);
        return merged;
    }

    private static Span<byte> Append(Span<byte> destination, ReadOnlySpan<byte> text)
    {
        text.CopyTo(destination);
        return destination[text.Length..];
    }

    /// <summary>The position of the member's value; the end of the object if there is none.</summary>
    private static Place Find(byte[] page)
    {
        var reader = new Utf8JsonReader(page, new JsonReaderOptions { MaxDepth = EnvironmentCompiler.MaxDocumentDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new UpstreamException("a page is not a JSON object");
        }

        var found = default(Place?);
        var members = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            members++;
            var isOverrides = IsName(ref reader);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var isArray = reader.TokenType == JsonTokenType.StartArray;
            var isNull = reader.TokenType == JsonTokenType.Null;
            reader.Skip();
            if (isOverrides)
            {
                found = isArray || isNull
                    ? new Place(start, (int)reader.BytesConsumed, isArray, IsMissing: false, IsOnlyMember: false)
                    : throw new UpstreamException("the identity_overrides of a page are not an array");
            }
        }

        var end = (int)reader.TokenStartIndex;
        while (reader.Read())
        {
            // To the end, so that trailing garbage is detected.
        }

        return found ?? new Place(end, end, IsArray: false, IsMissing: true, IsOnlyMember: members == 0);
    }

    private static bool IsName(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.ValueTextEquals(MemberName);
        }
        catch (InvalidOperationException)
        {
            return false; // a name with half of a surrogate pair, which equals no name
        }
    }

    private readonly record struct Place(int Start, int End, bool IsArray, bool IsMissing, bool IsOnlyMember)
    {
        /// <summary>The content between the brackets.</summary>
        public ReadOnlySpan<byte> ItemsOf(byte[] page) =>
            IsArray ? page.AsSpan((Start + 1)..(End - 1)).Trim(" \t\r\n"u8) : default;
    }
}

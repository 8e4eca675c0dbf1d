using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using EdgeProxy.Host.Http.Identities;

namespace EdgeProxy.Host.Http.Ofrep;

/// <summary>
/// The identifier of a context without a targeting key (docs/spec/ofrep.md 3.2): made of its traits as for identities of the
/// SDK API. Not the fast path: this allocates.
/// </summary>
internal static class TransientContext
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = IdentityJson.MaxDepth };

    /// <summary>Creates the identifier; null if no trait is left, since the last attribute of a name counts and may be none.</summary>
    /// <param name="context">The context as JSON, which was read before.</param>
    public static byte[]? CreateIdentifier(ReadOnlySpan<byte> context)
    {
        var json = context.ToArray();
        using var document = JsonDocument.Parse(json, Options);
        var traits = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        Add(traits, document.RootElement, isContext: true);
        if (TraitsOf(document.RootElement) is { } members)
        {
            Add(traits, members, isContext: false);
        }

        return traits.Count == 0 ? null : TransientIdentifier.Create(traits.Select(static trait => (Encoding.UTF8.GetBytes(trait.Key), trait.Value)));
    }

    private static JsonElement? TraitsOf(JsonElement context)
    {
        JsonElement? last = null;
        foreach (var member in context.EnumerateObject())
        {
            if (NameOf(member) == "traits")
            {
                last = member.Value;
            }
        }

        return last is { ValueKind: JsonValueKind.Object } ? last : null;
    }

    private static void Add(Dictionary<string, byte[]> traits, JsonElement members, bool isContext)
    {
        foreach (var member in members.EnumerateObject())
        {
            if (NameOf(member) is not { } name || (isContext && name == "targetingKey"))
            {
                continue;
            }

            if (TextOf(member.Value) is { } text)
            {
                traits[name] = text;
            }
            else
            {
                traits.Remove(name);
            }
        }
    }

    private static string? NameOf(JsonProperty member) =>
        Unescape(JsonMarshal.GetRawUtf8PropertyName(member)) is { } name ? Encoding.UTF8.GetString(name) : null;

    private static byte[]? TextOf(JsonElement value)
    {
        var json = JsonMarshal.GetRawUtf8Value(value);
        return value.ValueKind switch
        {
            JsonValueKind.String => Unescape(json[1..^1]),
            JsonValueKind.Number when json.Length <= IdentityJson.MaxNumberCharacters => TransientIdentifier.ValueOf(json),
            JsonValueKind.True or JsonValueKind.False => TransientIdentifier.ValueOf(json),
            _ => null,
        };
    }

    /// <summary>The text of a string; null if it is too long or not Unicode.</summary>
    private static byte[]? Unescape(ReadOnlySpan<byte> escaped)
    {
        var text = new byte[escaped.Length];
        return JsonStrings.TryUnescape(escaped, text, out var length) && !JsonStrings.IsLongerThan(text.AsSpan(0, length), IdentityJson.MaxCharacters)
            ? text[..length]
            : null;
    }
}

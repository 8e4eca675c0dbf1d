using System.Buffers;
using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Commands;

/// <summary>The arguments of <c>edge-proxy explain</c>.</summary>
internal sealed record ExplainArguments
{
    /// <summary>The identifier; null for environment flags.</summary>
    public string? Identifier { get; init; }

    /// <summary>The traits, as <c>name=value</c>.</summary>
    public IReadOnlyList<string> Traits { get; init; } = [];

    /// <summary>The only feature; null for all.</summary>
    public string? Feature { get; init; }

    /// <summary>The environment key; null for that of the only environment.</summary>
    public string? Key { get; init; }

    /// <summary>True to evaluate everything.</summary>
    public bool IsComplete { get; init; }

    /// <summary>True to print JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>The proxy to ask; null for the local one.</summary>
    public string? Url { get; init; }

    /// <summary>The admin token.</summary>
    public string? Token { get; init; }

    /// <summary>True to fetch the document from the API.</summary>
    public bool IsOnline { get; init; }

    /// <summary>Returns the mistake in the arguments; null if there is none.</summary>
    public string? FindMistake() =>
        Identifier is "" ? "--identifier: must not be empty."
        : Traits.FirstOrDefault(static trait => trait.IndexOf('=', StringComparison.Ordinal) < 1) is { } trait ? $"--trait {trait}: must be NAME=VALUE."
        : Traits.Count > 0 && Identifier is null ? "--trait: needs --identifier."
        : Url is not null && !(Uri.TryCreate(Url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") ? $"--url {Url}: must be an address such as http://127.0.0.1:8000."
        : Url is not null && IsOnline ? "--online: not together with --url."
        : null;

    /// <summary>Creates the identity; null for environment flags.</summary>
    public Identity? ToIdentity()
    {
        if (Identifier is null)
        {
            return null;
        }

        var identity = new Identity(Identifier);
        foreach (var trait in Traits)
        {
            var end = trait.IndexOf('=', StringComparison.Ordinal);
            identity.Traits[trait[..end]] = ValueOf(trait[(end + 1)..]);
        }

        return identity;
    }

    /// <summary>Creates the body of the request, as that of <c>POST /api/v1/identities/</c>.</summary>
    public static byte[] BodyOf(Identity identity)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, CompactJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("identifier"u8, identity.Identifier);
            writer.WriteStartArray("traits"u8);
            foreach (var (key, value) in identity.Traits)
            {
                writer.WriteStartObject();
                writer.WriteString("trait_key"u8, key);
                writer.WritePropertyName("trait_value"u8);
                if (value.Kind == ScalarKind.String)
                {
                    writer.WriteStringValue(value.Text);
                }
                else
                {
                    writer.WriteRawValue(value.Text);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    private static ScalarValue ValueOf(string text)
    {
        if (bool.TryParse(text, out var boolean) && text is "true" or "false")
        {
            return boolean;
        }

        if (text is ['"', .., '"'])
        {
            return text[1..^1];
        }

        try
        {
            return ScalarValue.FromJsonNumber(text);
        }
        catch (FormatException)
        {
            return text;
        }
    }
}

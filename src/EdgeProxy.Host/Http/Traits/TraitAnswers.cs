using System.Buffers;
using System.Text.Json;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Common.Compression;

namespace EdgeProxy.Host.Http.Traits;

/// <summary>Answers of trait routes. Those to valid requests repeat the three members as they were sent.</summary>
internal static class TraitAnswers
{
    private static readonly byte[] NotJson = """{"detail":"JSON parse error"}"""u8.ToArray();
    private static readonly byte[] NotAnObject = """{"non_field_errors":["Invalid data. Expected a dictionary."]}"""u8.ToArray();
    private static readonly byte[] NotAnArray = """{"detail":"Invalid request data"}"""u8.ToArray();
    private static readonly byte[] ClientTrait = """{"non_field_errors":["Setting traits not allowed with client key."]}"""u8.ToArray();
    private static readonly byte[] ClientTraits = """{"detail":"Unable to set traits with client key."}"""u8.ToArray();
    private static readonly byte[] Off = """{"detail":"Not Found: traits are not stored, because trait_forwarding.enabled is false"}"""u8.ToArray();
    private static readonly byte[] Offline = """{"detail":"Not Found: traits are not stored, because this environment is served from a file"}"""u8.ToArray();
    private static readonly byte[] NoBulk =
        """{"detail":"Not Found: the API at api_url has no bulk identities, or trait_forwarding.bulk_identities is false"}"""u8.ToArray();

    private static readonly byte[] NoAnswer = """{"detail":"The Flagsmith API did not answer"}"""u8.ToArray();

    private static ReadOnlySpan<byte> BeforeIdentifier => "{\"identity\":{\"identifier\":"u8;

    private static ReadOnlySpan<byte> BeforeKey => "},\"trait_key\":"u8;

    private static ReadOnlySpan<byte> BeforeValue => ",\"trait_value\":"u8;

    /// <summary>404: traits are not forwarded.</summary>
    public static Task NotForwarded(Exchange exchange, bool isOffline) => Write(exchange, StatusCodes.Status404NotFound, isOffline ? Offline : Off);

    /// <summary>404: bulk identities are not passed through.</summary>
    public static Task BulkNotForwarded(Exchange exchange) => Write(exchange, StatusCodes.Status404NotFound, NoBulk);

    /// <summary>502: the API did not answer a request that was passed through.</summary>
    public static Task ApiDidNotAnswer(Exchange exchange) => Write(exchange, StatusCodes.Status502BadGateway, NoAnswer);

    /// <summary>400: the body is not an object, or not JSON.</summary>
    public static Task InvalidBody(Exchange exchange, bool isJson) => Write(exchange, StatusCodes.Status400BadRequest, isJson ? NotAnObject : NotJson);

    /// <summary>400: the body is no array of complete traits, or a too long one.</summary>
    public static Task InvalidArray(Exchange exchange) => Write(exchange, StatusCodes.Status400BadRequest, NotAnArray);

    /// <summary>400: a client-side key must not set traits.</summary>
    public static Task ClientMayNot(Exchange exchange, bool isBulk) => Write(exchange, StatusCodes.Status400BadRequest, isBulk ? ClientTraits : ClientTrait);

    /// <summary>400: all errors of a trait, by member.</summary>
    public static Task Invalid(Exchange exchange, in TraitWrite trait)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, CompactJson.Options))
        {
            writer.WriteStartObject();
            WriteIdentity(writer, in trait);
            WriteErrors(writer, "trait_key"u8, trait.Key.Problem, TraitWriteReader.MaxKeyLength);
            WriteErrors(writer, "trait_value"u8, trait.Value.Problem, TraitWriteReader.MaxTextLength);
            writer.WriteEndObject();
        }

        return Write(exchange, StatusCodes.Status400BadRequest, body.WrittenMemory);
    }

    /// <summary>200: the trait.</summary>
    public static Task Taken(Exchange exchange, ReadOnlySpan<byte> body, in TraitWrite trait)
    {
        var length = Measure(in trait);
        if (ResponseWriter.StartJson(exchange, ContentCoding.Identity, length))
        {
            WriteTrait(exchange.ResponseBody.GetSpan(length), body, in trait);
            exchange.ResponseBody.Advance(length);
        }

        return Task.CompletedTask;
    }

    /// <summary>200: the array of traits.</summary>
    public static Task Taken(Exchange exchange, ReadOnlySpan<byte> body, List<TraitWrite> traits)
    {
        var length = 2 + Math.Max(0, traits.Count - 1);
        foreach (var trait in traits)
        {
            length += Measure(in trait);
        }

        var answer = new byte[length];
        var at = 0;
        foreach (var trait in traits)
        {
            answer[at] = at == 0 ? (byte)'[' : (byte)',';
            at += 1 + WriteTrait(answer.AsSpan(at + 1), body, in trait);
        }

        answer[0] = (byte)'[';
        answer[^1] = (byte)']';
        return Write(exchange, StatusCodes.Status200OK, answer);
    }

    private static Task Write(Exchange exchange, int status, ReadOnlyMemory<byte> body) => ResponseWriter.WriteJson(exchange, status, body);

    private static void WriteIdentity(Utf8JsonWriter writer, in TraitWrite trait)
    {
        if (trait.Identity == TraitProblem.None && trait.Identifier.Problem == TraitProblem.None)
        {
            return;
        }

        if (trait.Identity is TraitProblem.Missing or TraitProblem.Null)
        {
            WriteErrors(writer, "identity"u8, trait.Identity, 0);
            return;
        }

        writer.WriteStartObject("identity"u8);
        WriteErrors(writer, "non_field_errors"u8, trait.Identity, 0);
        WriteErrors(writer, "identifier"u8, trait.Identifier.Problem, TraitWriteReader.MaxTextLength);
        writer.WriteEndObject();
    }

    private static void WriteErrors(Utf8JsonWriter writer, ReadOnlySpan<byte> member, TraitProblem problem, int most)
    {
        if (problem == TraitProblem.None)
        {
            return;
        }

        writer.WriteStartArray(member);
        writer.WriteStringValue(problem switch
        {
            TraitProblem.Missing => "This field is required.",
            TraitProblem.Null => "This field may not be null.",
            TraitProblem.Blank => "This field may not be blank.",
            TraitProblem.TooLong => $"Ensure this field has no more than {most} characters.",
            TraitProblem.NotAnObject => "Invalid data. Expected a dictionary.",
            TraitProblem.NotAScalar => "Must be a string, a number or a boolean.",
            _ => "Not a valid string.",
        });
        writer.WriteEndArray();
    }

    private static int Measure(in TraitWrite trait) =>
        BeforeIdentifier.Length + trait.Identifier.Length + BeforeKey.Length + trait.Key.Length + BeforeValue.Length + trait.Value.Length + 1;

    private static int WriteTrait(Span<byte> destination, ReadOnlySpan<byte> body, in TraitWrite trait)
    {
        var at = Copy(BeforeIdentifier, destination, 0);
        at = Copy(trait.Identifier.In(body), destination, at);
        at = Copy(BeforeKey, destination, at);
        at = Copy(trait.Key.In(body), destination, at);
        at = Copy(BeforeValue, destination, at);
        at = Copy(trait.Value.In(body), destination, at);
        return Copy("}"u8, destination, at);
    }

    private static int Copy(ReadOnlySpan<byte> source, Span<byte> destination, int at)
    {
        source.CopyTo(destination[at..]);
        return at + source.Length;
    }
}

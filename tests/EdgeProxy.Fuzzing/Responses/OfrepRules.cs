using System.Text.Json;
using EdgeProxy.Fuzzing.Requests;

namespace EdgeProxy.Fuzzing.Responses;

/// <summary>Rules for answers to well-formed requests of OFREP (docs/spec/ofrep.md 8), which are JSON whatever the key and the body are.</summary>
internal static class OfrepRules
{
    private static readonly string[] Reasons = ["STATIC", "DEFAULT", "TARGETING_MATCH", "SPLIT", "DISABLED", "ERROR"];

    /// <summary>Checks an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="question">The question.</param>
    /// <exception cref="MalformedResponseException">It is not as it has to be.</exception>
    public static void Check(ParsedResponse response, OfrepQuestion question)
    {
        var isSingle = question == OfrepQuestion.OneFlag;
        var body = ResponseRules.Check(response);
        if (response.Status == 304 && !isSingle && response.Header("ETag") is not null)
        {
            return;
        }

        if (response.Header("Content-Type") != "application/json")
        {
            throw new MalformedResponseException($"an answer of OFREP that is not JSON, with status {response.Status}");
        }

        var answer = JsonElement.Parse(body);
        switch (response.Status)
        {
            case 200 when isSingle:
                CheckFlag(answer);
                break;
            case 200:
                foreach (var flag in Member(answer, "flags", JsonValueKind.Array).EnumerateArray())
                {
                    CheckFlag(flag);
                }

                break;
            case 400:
                CheckError(answer, isSingle, "PARSE_ERROR", "INVALID_CONTEXT");
                break;
            case 404 when isSingle:
                CheckError(answer, isSingle, "FLAG_NOT_FOUND");
                break;
            default:
                throw new MalformedResponseException($"status {response.Status} for a well-formed request of OFREP");
        }
    }

    private static void CheckFlag(JsonElement flag)
    {
        Member(flag, "key", JsonValueKind.String);
        Member(flag, "variant", JsonValueKind.String);
        Member(flag, "metadata", JsonValueKind.Object);
        if (!Reasons.Contains(Member(flag, "reason", JsonValueKind.String).GetString()!))
        {
            throw new MalformedResponseException($"the reason of {flag.GetRawText()}");
        }

        if (flag.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Null)
        {
            throw new MalformedResponseException($"null as the value of {flag.GetRawText()}");
        }
    }

    private static void CheckError(JsonElement error, bool isSingle, params string[] codes)
    {
        Member(error, "errorDetails", JsonValueKind.String);
        Member(error, "metadata", JsonValueKind.Object);
        if (isSingle)
        {
            Member(error, "key", JsonValueKind.String);
        }

        if (!codes.Contains(Member(error, "errorCode", JsonValueKind.String).GetString()!))
        {
            throw new MalformedResponseException($"the code of {error.GetRawText()}");
        }
    }

    private static JsonElement Member(JsonElement value, string name, JsonValueKind kind) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member
            : throw new MalformedResponseException($"no {name} of the right type in {value.GetRawText()}");
}

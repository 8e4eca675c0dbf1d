using System.Text.Json;

namespace EdgeProxy.Tools.Golden;

/// <summary>Compares an answer with the recorded one: status, and body by value.</summary>
internal static class AnswerComparison
{
    private const string IdentitiesPath = "/api/v1/identities/";

    /// <summary>Finds the first difference.</summary>
    /// <param name="exchange">The recorded request and response.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="body">The body of the answer.</param>
    /// <param name="isStrict">
    /// True if flags must have the recorded members and no others. Otherwise flags of identities may have <c>variant</c>,
    /// <c>reason</c> and <c>metadata</c> as well, which the recorded proxy left out and EdgeProxy sends by default.
    /// </param>
    /// <returns>A description; null where there is no difference.</returns>
    public static string? FindDifference(RecordedExchange exchange, int status, string body, bool isStrict)
    {
        if (status != exchange.Status)
        {
            return $"status {status}, expected {exchange.Status}: {body}";
        }

        try
        {
            using var actual = JsonDocument.Parse(body);
            var isOfIdentities = exchange.Target.Split('?')[0] == IdentitiesPath;
            return JsonDifference.Find(
                exchange.Response, actual.RootElement, (expected, member) => !isStrict && isOfIdentities && IsDetailOfFlag(expected, member));
        }
        catch (JsonException)
        {
            return $"the body is not JSON: {body}";
        }
    }

    private static bool IsDetailOfFlag(JsonElement expected, JsonProperty member) => expected.TryGetProperty("feature", out _) && member.Name switch
    {
        "variant" => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Null,
        "reason" => member.Value.ValueKind == JsonValueKind.String,
        "metadata" => true,
        _ => false,
    };
}

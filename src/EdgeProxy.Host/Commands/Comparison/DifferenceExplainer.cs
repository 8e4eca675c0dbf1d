using System.Text.Json;
using EdgeProxy.Host.Explanations;
using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>
/// Asks this server why its answer is what it is. Unless identities may be shown, the explanation names segments, properties
/// and operators, and neither identifiers nor values of traits.
/// </summary>
internal sealed class DifferenceExplainer
{
    /// <summary>The path of explanations.</summary>
    public const string Path = "/proxy/explain";

    private readonly HttpClient _client;
    private readonly Uri _url;
    private readonly string _key;
    private readonly bool _showsIdentities;
    private readonly Pace _pace;

    /// <param name="client">A client that sends the operators' token, if one is needed.</param>
    /// <param name="url">The URL of explanations.</param>
    /// <param name="key">The environment key.</param>
    /// <param name="showsIdentities">True if data of identities may be shown.</param>
    /// <param name="pace">The pace of requests to this server.</param>
    public DifferenceExplainer(HttpClient client, Uri url, string key, bool showsIdentities, Pace pace)
    {
        _pace = pace;
        _client = client;
        _url = url;
        _key = key;
        _showsIdentities = showsIdentities;
    }

    /// <summary>Explains a difference; returns it unchanged if that is not possible.</summary>
    public async Task<Difference> ExplainAsync(Difference difference, CancellationToken cancellationToken)
    {
        if (difference.Feature is not { } feature)
        {
            return difference;
        }

        await _pace.WaitAsync(cancellationToken);
        var body = difference.Question.Body;
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(_url, $"?feature={Uri.EscapeDataString(feature)}"));
        request.Headers.TryAddWithoutValidation(SdkHeaders.EnvironmentKey, _key);
        request.Content = body is null ? null : new ByteArrayContent(body);
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode ? difference with { Explanation = Describe(JsonElement.Parse(answer)) } : difference;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or TaskCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return difference;
        }
    }

    private string Describe(JsonElement answer)
    {
        var flag = answer.GetProperty("flags").EnumerateArray().First();
        if (_showsIdentities)
        {
            return $"explained here as {flag.GetProperty("summary").GetString()}";
        }

        var decided = flag.GetProperty("decided_by");
        var by = decided.GetProperty("kind").GetString() switch
        {
            "segment" => $"segment {decided.GetProperty("name").GetString()}",
            "identity_override" => "an override of the identity",
            _ => "the environment's own state",
        };
        var candidates = flag.GetProperty("candidates").EnumerateArray()
            .Where(static candidate => candidate.GetProperty("kind").GetString() == "segment")
            .Select(candidate => DescribeCandidate(candidate, flag))
            .Where(static text => text.Length > 0);
        var variants = flag.GetProperty("variants").ValueKind == JsonValueKind.Null ? "" : ", and a variant was picked";
        return ExplanationText.Line($"decided here by {by}{variants}{string.Concat(candidates)}");
    }

    private static string DescribeCandidate(JsonElement candidate, JsonElement flag)
    {
        if (candidate.TryGetProperty("not_evaluated", out _))
        {
            return "";
        }

        var applies = candidate.GetProperty("applies").GetBoolean();
        var conditions = (applies ? flag : candidate).TryGetProperty("rules", out var rules) ? ConditionsOf(rules).ToList() : [];
        return $"; segment {candidate.GetProperty("name").GetString()} {(applies ? "matches" : "does not match")}{(conditions.Count == 0 ? "" : $" ({string.Join(", ", conditions)})")}";
    }

    private static IEnumerable<string> ConditionsOf(JsonElement rule)
    {
        var own = rule.TryGetProperty("conditions", out var conditions)
            ? conditions.EnumerateArray().Where(static condition => condition.TryGetProperty("result", out _)).Select(static condition =>
                $"{condition.GetProperty("property").GetString()} {condition.GetProperty("operator").GetString()} {(condition.GetProperty("result").GetBoolean() ? "✓" : "✗")}")
            : [];
        return rule.TryGetProperty("rules", out var inner) ? own.Concat(inner.EnumerateArray().SelectMany(ConditionsOf)) : own;
    }
}

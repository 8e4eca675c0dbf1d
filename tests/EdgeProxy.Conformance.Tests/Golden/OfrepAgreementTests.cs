using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using EdgeProxy.Tools.Golden;

namespace EdgeProxy.Conformance.Tests.Golden;

/// <summary>OFREP says of every recorded identity what the SDK API says: enabled, value and variant, of all flags and of each alone.</summary>
public sealed class OfrepAgreementTests(GoldenProxy proxy) : IClassFixture<GoldenProxy>
{
    private const string Identities = "/api/v1/identities/";
    private const string Bulk = "/ofrep/v1/evaluate/flags";

    public static TheoryData<string> Recordings => [.. GoldenProxy.Recordings.Select(static path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Evaluate_RecordedIdentity_AsTheSdkApi(string name)
    {
        var recording = Recording.Read(GoldenProxy.PathOf(name));
        foreach (var exchange in recording.Exchanges.Where(static exchange => exchange.Status == 200 && exchange.Target.StartsWith(Identities, StringComparison.Ordinal)))
        {
            var (_, answered) = await new GoldenRun(proxy.Client, isStrict: false).SendAsync(exchange);
            var answer = JsonNode.Parse(answered)!;
            var body = new JsonObject { ["context"] = ContextOf(exchange, answer) }.ToJsonString();
            var (status, all) = await SendAsync(Bulk, exchange.Key, body);
            Assert.Equal(200, status);
            var expected = answer["flags"]!.AsArray().Select(static flag => Expect(flag!)).ToList();
            Assert.Equal(expected.Select(Describe), all!["flags"]!.AsArray().Select(Describe));
            foreach (var flag in expected)
            {
                var (_, single) = await SendAsync($"{Bulk}/{Uri.EscapeDataString((string)flag["key"]!)}", exchange.Key, body);
                Assert.Equal(Describe(flag), Describe(single));
            }
        }
    }

    /// <summary>The context that is the identity of a request.</summary>
    private static JsonObject ContextOf(RecordedExchange exchange, JsonNode answer)
    {
        const int DigitsOfTraits = 64; // random identifiers have 32
        var request = exchange.Body is { } body ? JsonNode.Parse(body) : null;
        var traits = request?["traits"]?.AsArray() ?? [];
        var context = new JsonObject();
        foreach (var trait in traits)
        {
            var value = trait!["trait_value"];
            context[(string)trait["trait_key"]!] = (value is JsonObject wrapped ? wrapped["value"] : value)?.DeepClone();
        }

        // Attributes named like members with a meaning of their own are sent as members of traits.
        if (context.ContainsKey("traits") || context.ContainsKey("targetingKey"))
        {
            context = new JsonObject { ["traits"] = context };
        }

        // Of traits that came twice, the identifier is made of both; a context has each once.
        var identifier = (string)answer["identifier"]!;
        var isMadeOfTraits = string.IsNullOrEmpty((string?)request?["identifier"]) && identifier.Length == DigitsOfTraits && context.Count == traits.Count;
        if (!isMadeOfTraits)
        {
            context["targetingKey"] = identifier;
        }

        return context;
    }

    private static JsonObject Expect(JsonNode flag)
    {
        var enabled = (bool)flag["enabled"]!;
        var value = flag["feature_state_value"];
        var isNone = value is null || (value is JsonValue text && text.TryGetValue<string>(out var said) && said.Length == 0 && ((string?)flag["reason"])?.StartsWith("SPLIT", StringComparison.Ordinal) != true);
        var expected = new JsonObject
        {
            ["key"] = (string?)flag["feature"]!["name"],
            ["variant"] = (string?)flag["variant"] ?? (enabled ? "enabled" : "disabled"),
            ["metadata"] = new JsonObject { ["enabled"] = enabled },
        };
        if (isNone)
        {
            expected["value"] = enabled;
        }
        else if (enabled)
        {
            expected["value"] = value!.DeepClone();
        }

        return expected;
    }

    private static string Describe(JsonNode? flag) => string.Create(
        CultureInfo.InvariantCulture, $"{flag!["key"]}: {flag["value"]?.ToJsonString() ?? "none"}, {flag["variant"]}, {flag["metadata"]!["enabled"]}");

    private async Task<(int Status, JsonNode? Body)> SendAsync(string target, string key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("X-Environment-Key", key);
        using var response = await proxy.Client.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }
}

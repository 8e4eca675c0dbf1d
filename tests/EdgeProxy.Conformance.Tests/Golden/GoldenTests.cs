using EdgeProxy.Tools.Golden;

namespace EdgeProxy.Conformance.Tests.Golden;

/// <summary>Every recorded request is answered as it was recorded: status, and body by value.</summary>
public sealed class GoldenTests(GoldenProxy proxy) : IClassFixture<GoldenProxy>
{
    public static TheoryData<string> Recordings => [.. GoldenProxy.Recordings.Select(static path => Path.GetFileName(path))];

    [Fact]
    public void Recordings_AllThere()
    {
        Assert.Equal(70, GoldenProxy.Recordings.Count);
        Assert.Equal(3618, GoldenProxy.Recordings.Sum(static path => Recording.Read(path).Exchanges.Count));
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Send_RecordedRequest_AnsweredAlikeButForDetails(string name)
    {
        foreach (var exchange in Recording.Read(name).Exchanges)
        {
            var (status, answer) = await SendAsync(proxy.Client, exchange);
            if (status == 200 && answer?["flags"] is JsonArray flags)
            {
                foreach (var flag in flags)
                {
                    RemoveDetails(flag!.AsObject(), isServerKey: ((string)exchange["key"]!).StartsWith("ser.", StringComparison.Ordinal));
                }
            }

            AssertAlike(exchange, status, answer);
        }
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Send_RecordedRequestWithoutDetails_AnsweredAlike(string name)
    {
        foreach (var exchange in Recording.Read(name).Exchanges)
        {
            var (status, answer) = await SendAsync(proxy.ClientWithoutDetails, exchange);

            AssertAlike(exchange, status, answer);
        }
    }

    private static async Task<(int Status, JsonNode? Answer)> SendAsync(HttpClient client, JsonNode exchange)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse((string)exchange["method"]!), (string)exchange["target"]!);
        request.Headers.Add("X-Environment-Key", (string)exchange["key"]!);
        if (exchange["body"] is { } body)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Looks at the members that no recording has, and takes them out.</summary>
    private static void RemoveDetails(JsonObject flag, bool isServerKey)
    {
        var reason = (string)flag["reason"]!;
        Assert.Matches(
            isServerKey ? "(?s)^(DEFAULT|TARGETING_MATCH; segment=.*|SPLIT; weight=[0-9.e+-]+)$" : "^(DEFAULT|TARGETING_MATCH|SPLIT)$", reason);
        Assert.True(flag.ContainsKey("variant"));
        if (reason.StartsWith("SPLIT", StringComparison.Ordinal))
        {
            Assert.NotEqual("control", (string?)flag["variant"]);
        }
        else
        {
            Assert.True((string?)flag["variant"] is null or "control");
        }

        Assert.True(flag["metadata"] is null or JsonObject);
        flag.Remove("variant");
        flag.Remove("reason");
        flag.Remove("metadata");
    }

    private static void AssertAlike(JsonNode exchange, int status, JsonNode? answer)
    {
        Assert.Equal((int)exchange["status"]!, status);
        Assert.True(
            JsonNode.DeepEquals(exchange["response"], answer),
            $"{exchange["method"]} {exchange["target"]} {exchange["body"]?.ToJsonString()}\nExpected: {exchange["response"]?.ToJsonString()}\nActual: {answer?.ToJsonString()}");
    }
}

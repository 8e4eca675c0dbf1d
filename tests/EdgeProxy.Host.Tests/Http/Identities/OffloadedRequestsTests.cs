using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http.Identities;

/// <summary>Requests that take too long for the threads that serve connections: answered like any other, elsewhere.</summary>
public sealed class OffloadedRequestsTests
{
    private const string Target = "/api/v1/identities/";

    [Theory]
    [InlineData(OffloadedRequests.BodyInlineUpTo - 2000)]
    [InlineData(OffloadedRequests.BodyInlineUpTo + 1)]
    [InlineData(10 * OffloadedRequests.BodyInlineUpTo)]
    public async Task Post_BodyOfAnyLength_AnsweredAndTheConnectionGoesOn(int length)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        await using var connection = await RawConnection.OpenAsync(proxy.Address);
        var body = Encoding.ASCII.GetBytes($$"""{"identifier":"bob"{{new string(' ', length)}}}""");
        var expected = await proxy.PostIdentityAsync("env", """{"identifier":"bob"}""");

        for (var i = 0; i < 3; i++)
        {
            var response = await connection.PostAsync(Target, "env", body);
            Assert.Equal((200, expected), (response.Status, response.Body));
        }

        Assert.Equal(200, (await connection.GetAsync("/api/v1/flags/", "env")).Status);
    }

    [Fact]
    public async Task Post_LargeBodyThatIsNotJson_Unprocessable()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Post, Target, "env", "{" + new string(' ', 2 * OffloadedRequests.BodyInlineUpTo));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    [Theory]
    [InlineData(10, "on")]
    [InlineData(17, "on")]
    public async Task Post_ExpensiveExpressions_TheSameFlagsInlineOrNot(int length, string expected)
    {
        // Some thousand steps or some hundred thousand, and then one that matches.
        await using var proxy = await TestProxy.ServeAsync(Document("(?=a)(a|a)*x", "(?=a)a+").ToJsonString());
        await using var connection = await RawConnection.OpenAsync(proxy.Address);

        for (var i = 0; i < 3; i++)
        {
            var response = await connection.PostAsync(Target, "env", Body(new string('a', length)));
            Assert.Equal(200, response.Status);
            Assert.Equal(expected, Value(response.Body));
        }
    }

    [Fact]
    public async Task Get_ExpensiveExpression_Answered()
    {
        await using var proxy = await TestProxy.ServeAsync(Document("(?=a)(a|a)*x", "(?=a)a+").ToJsonString().Replace("\"text\"", "\"$.identity.identifier\"", StringComparison.Ordinal));

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("on", Value(await proxy.GetAsync($"{Target}?identifier={new string('a', 17)}", "env")));
        }
    }

    [Fact]
    public async Task Post_MoreThanAnEvaluationMayCost_CountedAndOnceLoggedWithTheSegment()
    {
        await using var proxy = await TestProxy.ServeAsync(Document([.. Enumerable.Range(0, 50).Select(static i => $"(?=a)(a|a)*x{i}")]).ToJsonString());

        for (var i = 0; i < 3; i++)
        {
            await proxy.PostIdentityAsync("env", Encoding.UTF8.GetString(Body(new string('a', 18)).Span));
        }

        var entry = Assert.Single(proxy.Log.Entries, static entry => entry.EventId == EventIds.EvaluationAborted);
        Assert.Contains("condition REGEX on 'text' of segment 'segment 0' (100)", entry.Message, StringComparison.Ordinal);
        Assert.Equal(3, proxy.Registry.Environments[0].Metrics.AbortedEvaluations);
        Assert.Contains("edgeproxy_aborted_evaluations_total{", await proxy.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_LongAnswerInBrotli_TheSame()
    {
        var document = Documents.Small("env");
        document["feature_states"]![0]!["feature_state_value"] = string.Concat(Enumerable.Range(0, OffloadedRequests.BrotliInlineUpTo / 4).Select(static i => $"{i} "));
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());
        var plain = await proxy.PostIdentityAsync("env", """{"identifier":"bob"}""");

        using var response = await proxy.SendAsync(HttpMethod.Post, Target, "env", """{"identifier":"bob"}""", ("Accept-Encoding", "br"));

        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        Assert.Equal(plain, await ResponseText.DecodeAsync(response));
    }

    private static ReadOnlyMemory<byte> Body(string text) =>
        Encoding.ASCII.GetBytes($$"""{"identifier":"bob","traits":[{"trait_key":"text","trait_value":"{{text}}"}]}""");

    private static string? Value(string body) =>
        JsonNode.Parse(body)!["flags"]!.AsArray().Select(static flag => flag!["feature_state_value"]?.ToString()).FirstOrDefault(static value => value == "on");

    /// <summary>An environment with a segment for each expression; the last one's override says "on".</summary>
    private static JsonObject Document(params string[] expressions)
    {
        var document = Documents.Small("env");
        var segments = new JsonArray();
        for (var i = 0; i < expressions.Length; i++)
        {
            var state = Documents.State(1, (string)document["feature_states"]![0]!["feature"]!["name"]!, enabled: true, i == expressions.Length - 1 ? "on" : $"of {i}");
            state["feature_segment"] = new JsonObject { ["priority"] = i };
            segments.Add(new JsonObject
            {
                ["id"] = 100 + i,
                ["name"] = $"segment {i}",
                ["feature_states"] = new JsonArray(state),
                ["rules"] = new JsonArray(new JsonObject
                {
                    ["type"] = "ALL",
                    ["rules"] = new JsonArray(),
                    ["conditions"] = new JsonArray(new JsonObject { ["property_"] = "text", ["operator"] = "REGEX", ["value"] = expressions[i] }),
                }),
            });
        }

        document["project"]!["segments"] = segments;
        return document;
    }
}

using System.Net;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Explanations;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Explanations;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Tests.Endpoints;

/// <summary><c>/proxy/explain</c>: access, limits, and the form of the answer (docs/spec/explain.md 2).</summary>
public sealed class ExplainEndpointTests
{
    private const string Path = "/proxy/explain";
    private const string Key = "a-client-side-key";
    private const string Olga = """{"identifier":"olga","traits":[{"trait_key":"plan","trait_value":"pro"}]}""";

    [Fact]
    public async Task Post_Identity_EnvironmentIdentityAndEveryFlag()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small(Key).ToJsonString());

        var answer = await AskAsync(proxy, HttpMethod.Post, Path, Key, Olga);

        Assert.Equal("Test", (string?)answer["environment"]!["name"]);
        Assert.Equal("a-client…", (string?)answer["environment"]!["key"]);
        Assert.Equal("client", (string?)answer["environment"]!["audience"]);
        Assert.Equal("olga", (string?)answer["identity"]!["identifier"]);
        Assert.Equal("a-client…_olga", (string?)answer["identity"]!["key"]);
        Assert.Equal(["plain", "off", "secret", "targeted"], answer["flags"]!.AsArray().Select(static flag => (string)flag!["feature"]!));
        var targeted = answer["flags"]![3]!;
        Assert.Equal("own", (string?)targeted["value"]);
        Assert.Equal("TARGETING_MATCH; segment=identity_overrides", (string?)targeted["reason"]);
        Assert.Equal("identity_override", (string?)targeted["decided_by"]!["kind"]);
        Assert.False((bool)answer["flags"]![2]!["visible"]!["client"]!);
        Assert.DoesNotContain(Key, answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Identifier_AsPost()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small(Key).ToJsonString());

        var answer = await AskAsync(proxy, HttpMethod.Get, $"{Path}?identifier=olga&feature=targeted", $"ser.{Key}");

        Assert.Equal("server", (string?)answer["environment"]!["audience"]);
        Assert.Equal("on with \"own\": \"olga\" has an override of its own", (string?)Assert.Single(answer["flags"]!.AsArray())!["summary"]);
    }

    [Fact]
    public async Task Get_NoIdentifier_EnvironmentFlags()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small(Key).ToJsonString());

        var answer = await AskAsync(proxy, HttpMethod.Get, Path, Key);

        Assert.Null(answer["identity"]);
        Assert.Equal("there is no identity", (string?)answer["flags"]![3]!["candidates"]![0]!["because"]);
    }

    [Theory]
    [InlineData(false, null, "allow_client_traits")]
    [InlineData(true, false, "allow_client_traits_in_evaluation")]
    public async Task Post_ClientTraitsIgnored_SaysSo(bool allowed, bool? inEvaluation, string setting)
    {
        var document = Documents.Small(Key);
        document["allow_client_traits"] = allowed;
        document["allow_client_traits_in_evaluation"] = inEvaluation;
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());

        var answer = await AskAsync(proxy, HttpMethod.Post, Path, Key, Olga.Replace("olga", "ada", StringComparison.Ordinal));

        Assert.Equal($"{setting} is false, and the key is a client-side key", (string?)answer["identity"]!["ignored_traits"]);
        Assert.Equal("plan", (string?)Assert.Single(answer["identity"]!["traits"]!.AsArray())!["trait_key"]);
        Assert.False((bool)answer["flags"]![3]!["enabled"]!);
    }

    [Fact]
    public async Task Post_ClientTraitsIgnoredInEvaluationOnly_SaysSo()
    {
        var document = Documents.Small(Key);
        document["allow_client_traits_in_evaluation"] = false;
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());

        var answer = await AskAsync(proxy, HttpMethod.Post, Path, Key, Olga.Replace("olga", "ada", StringComparison.Ordinal));

        Assert.Equal("allow_client_traits_in_evaluation is false, and the key is a client-side key", (string?)answer["identity"]!["ignored_traits"]);
        Assert.False((bool)answer["flags"]![3]!["enabled"]!);
    }

    [Fact]
    public async Task Post_ClientTraitsUsedInEvaluationOnly_AsTheIdentitiesEndpoint()
    {
        var document = Documents.Small(Key);
        document["allow_client_traits"] = false;
        document["allow_client_traits_in_evaluation"] = true;
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());

        var answer = await AskAsync(proxy, HttpMethod.Post, Path, Key, Olga.Replace("olga", "ada", StringComparison.Ordinal));

        Assert.Null(answer["identity"]!["ignored_traits"]);
        Assert.NotEmpty(answer["identity"]!["traits"]!.AsArray());
        Assert.True((bool)answer["flags"]![3]!["enabled"]!);
    }

    [Theory]
    [InlineData("{", 422)]
    [InlineData("", 422)]
    [InlineData("null", 422)]
    [InlineData("[]", 422)]
    [InlineData("{} {}", 422)]
    [InlineData("""{"identifier":7}""", 422)]
    [InlineData("""{"identifier":"\ud800"}""", 422)]
    [InlineData("""{"identifier":"a","traits":[{"trait_key":"\udfff","trait_value":1}]}""", 422)]
    [InlineData("""{"identifier":"a","traits":[{"trait_key":"k","trait_value":[]}]}""", 422)]
    [InlineData("""{"identifier":"\u001b<b>\u0000","traits":[{"trait_key":"\u202e","trait_value":{"value":"x","type":"string"}}]}""", 200)]
    [InlineData("""{"identifier":"a","traits":[{"trait_value":1}]}""", 422)]
    [InlineData("""{"traits":[]}""", 200)]
    public async Task Post_Body_CheckedAsThatOfIdentities(string body, int expected)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small(Key).ToJsonString());

        using var explained = await proxy.SendAsync(HttpMethod.Post, Path, Key, body);
        using var answered = await proxy.SendAsync(HttpMethod.Post, "/api/v1/identities/", Key, body);

        Assert.Equal(expected, (int)explained.StatusCode);
        Assert.Equal(expected, (int)answered.StatusCode);
        if (expected == 422)
        {
            Assert.Equal(await answered.Content.ReadAsStringAsync(), await explained.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("?environment=Test", 200, "server")]
    [InlineData("?environment=a-client%E2%80%A6&audience=client", 200, "client")]
    [InlineData("?environment=Tests", 404, null)]
    public async Task Post_NamedEnvironment_NeedsNoKey(string query, int expected, string? audience)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small(Key).ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Post, Path + query, key: null, Olga);

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal(audience, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["environment"]?["audience"]);
    }

    [Fact]
    public async Task Post_TwoEnvironmentsOfThatName_NotFound()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small(Key).ToJsonString(), Documents.Small("another-client-side-key").ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Post, $"{Path}?environment=Test", key: null, Olga);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("another")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Post_UnknownKey_Unauthorized(string? key)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small(Key).ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Post, Path, key, Olga);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Origin", "https://page.example")]
    [InlineData("Host", "page.example")]
    public async Task Post_NotFromTheMachineItself_Forbidden(string header, string value)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small(Key).ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Post, Path, Key, Olga, (header, value));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Post_TokenSet_ForItsHoldersOnly()
    {
        await using var proxy = await TestProxy.ServeAsync(new ProxyOptions { Operators = new OperatorOptions { Token = "operators-only" } }, Documents.Small(Key).ToJsonString());

        using var without = await proxy.SendAsync(HttpMethod.Post, Path, Key, Olga);
        using var with = await proxy.SendAsync(HttpMethod.Post, Path, Key, Olga, ("Authorization", "Bearer operators-only"));

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
    }

    [Fact]
    public async Task Post_AllPlacesTaken_TooManyRequests()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small(Key).ToJsonString());
        var queue = proxy.Services.GetRequiredService<ExplanationQueue>();
        for (var i = 0; i < ExplanationQueue.MaxAtOnce; i++)
        {
            Assert.True(queue.TryEnter());
        }

        using var refused = await proxy.SendAsync(HttpMethod.Post, Path, Key, Olga);
        queue.Leave();
        using var answered = await proxy.SendAsync(HttpMethod.Post, Path, Key, Olga);
        using var answeredAgain = await proxy.SendAsync(HttpMethod.Post, Path, Key, Olga);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("1", refused.Headers.RetryAfter!.ToString());
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Assert.Equal(HttpStatusCode.OK, answeredAgain.StatusCode);
    }

    [Fact]
    public async Task Post_ThreadOfExplanationsIsBusy_OthersAreAnsweredMeanwhile()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small(Key).ToJsonString());
        using var gate = new ManualResetEventSlim();
        var busy = proxy.Services.GetRequiredService<ExplanationQueue>().RunAsync(() => gate.Wait(Patience.Limit));

        // Not even the body is read on a thread that answers SDKs.
        var asked = proxy.SendAsync(HttpMethod.Post, Path, Key, "{");
        for (var i = 0; i < 50; i++)
        {
            await proxy.PostIdentityAsync(Key, Olga);
        }

        Assert.False(asked.IsCompleted);
        gate.Set();
        Assert.True(await busy);
        using var response = await asked;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    [Fact]
    public async Task Post_BodyTooLarge_Rejected()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small(Key).ToJsonString());

        using var response = await proxy.SendAsync(HttpMethod.Post, Path, Key, new string(' ', (1024 * 1024) + 1));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Post_BudgetExhausted_FlagsOfTheEngineAndSaysWhy()
    {
        // Cheap conditions come first in the engine, and in the document's order here: where steps run out, it matters.
        var document = JsonNode.Parse(SupportDocument.Create())!;
        var rules = document["project"]!["segments"]![4]!["rules"]![0]!;
        rules["conditions"] = new JsonArray([.. Enumerable.Range(0, 20).Select(static i => new JsonObject
        {
            ["property_"] = "email",
            ["operator"] = "REGEX",
            ["value"] = $"(?=(a+)+$)x{i}",
        })]);
        rules["type"] = "NONE";
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());
        var body = $$"""{"identifier":"ada","traits":[{"trait_key":"email","trait_value":"{{new string('a', 100)}}!"}]}""";

        var answer = await AskAsync(proxy, HttpMethod.Post, $"{Path}?feature=staff", SupportDocument.Key, body);

        var identities = JsonNode.Parse(await proxy.PostIdentityAsync($"ser.{SupportDocument.Key}", body))!["flags"]!.AsArray();
        var served = identities.Single(static flag => (string?)flag!["feature"]!["name"] == "staff")!;
        Assert.Equal((bool)served["enabled"]!, (bool)answer["flags"]![0]!["enabled"]!);
        Assert.Contains("took too many steps and was stopped", answer.ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task<JsonNode> AskAsync(TestProxy proxy, HttpMethod method, string target, string key, string? body = null)
    {
        using var response = await proxy.SendAsync(method, target, key, body);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, answer);
        return JsonNode.Parse(answer)!;
    }
}

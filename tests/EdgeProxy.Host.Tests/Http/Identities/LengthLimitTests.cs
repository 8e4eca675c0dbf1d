using System.Text.Json.Nodes;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http.Identities;

/// <summary>Identifiers, traits' keys and values have a length that nobody needs more of; what is longer is refused without reading it.</summary>
public sealed class LengthLimitTests
{
    [Theory]
    [InlineData("identifier", "x", "string_too_long", 2000)]
    [InlineData("identifier", "\\u00e9", "string_too_long", 2000)]
    [InlineData("identifier", "\U0001F600", "string_too_long", 2000)]
    [InlineData("identifier", "\\ud83d\\ude00", "string_too_long", 2000)]
    [InlineData("trait_key", "x", "string_too_long", 2000)]
    [InlineData("trait_key", "\\ud83d\\ude00", "string_too_long", 2000)]
    [InlineData("trait_value", "\U0001F600", "string_too_long", 2000)]
    [InlineData("number", "1", "string_too_long", 1024)]
    [InlineData("fraction", "1", "string_too_long", 1022)]
    public async Task Post_LongTexts_TakenUpToTheLimit(string where, string character, string type, int most)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        using var longest = await SendAsync(most);
        using var longer = await SendAsync(most + 1);
        using var huge = await SendAsync(80_000);

        Assert.Equal(200, (int)longest.StatusCode);
        foreach (var response in (HttpResponseMessage[])[longer, huge])
        {
            Assert.Equal(422, (int)response.StatusCode);
            var detail = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["detail"]![0]!;
            Assert.Equal(type, (string?)detail["type"]);
            Assert.Equal(
                where switch { "identifier" => """["body","identifier"]""", "trait_key" => """["body","traits",0,"trait_key"]""", _ => """["body","traits",0,"trait_value"]""" },
                detail["loc"]!.ToJsonString());
        }

        Task<HttpResponseMessage> SendAsync(int count)
        {
            var text = string.Concat(Enumerable.Repeat(character, count));
            var identifier = where == "identifier" ? text : "bob";
            var key = where == "trait_key" ? text : "plan";
            var value = where switch { "trait_value" => $"\"{text}\"", "number" => text, "fraction" => $"{text}.5", _ => "1" };
            return proxy.SendAsync(
                HttpMethod.Post, "/api/v1/identities/", "env", $$"""{"identifier":"{{identifier}}","traits":[{"trait_key":"{{key}}","trait_value":{{value}}}]}""");
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("\U0001F600")]
    public async Task Get_LongIdentifier_TakenUpToTheLimit(string character)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        var text = string.Concat(Enumerable.Repeat(character, 2000));

        using var longest = await proxy.SendAsync(HttpMethod.Get, $"/api/v1/identities/?identifier={Uri.EscapeDataString(text)}", "env");
        using var longer = await proxy.SendAsync(HttpMethod.Get, $"/api/v1/identities/?identifier={Uri.EscapeDataString(text + character)}", "env");

        Assert.Equal(200, (int)longest.StatusCode);
        Assert.Equal(text, (string?)JsonNode.Parse(await longest.Content.ReadAsStringAsync())!["identifier"]);
        Assert.Equal(422, (int)longer.StatusCode);
        AssertJson.Equal(
            """{"detail":[{"type":"string_too_long","loc":["query","identifier"],"msg":"String should have at most 2000 characters"}]}""",
            await longer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/v1/identities/")]
    [InlineData("/proxy/explain")]
    public async Task AnyRoute_LongTexts_TakenUpToTheLimit(string path)
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());

        foreach (var (count, digits, status) in ((int, int, int)[])[(2000, 1024, 200), (2001, 1024, 422), (2000, 1025, 422)])
        {
            var text = new string('x', count);
            foreach (var body in (string[])
            [
                $$"""{"identifier":"{{text}}","traits":[{"trait_key":"n","trait_value":{{new string('1', digits)}}}]}""",
                $$"""{"identifier":"bob","traits":[{"trait_key":"{{text}}","trait_value":{{new string('1', digits)}}}]}""",
                $$"""{"identifier":"bob","traits":[{"trait_key":"a","trait_value":"{{text}}"},{"trait_key":"n","trait_value":-{{new string('1', digits - 1)}}}]}""",
            ])
            {
                using var posted = await proxy.SendAsync(HttpMethod.Post, path, "env", body);
                await CheckAsync(posted, status);
            }

            // A body without an identifier leaves it to the query.
            using var mixed = await proxy.SendAsync(HttpMethod.Post, $"{path}?identifier={text}", "env", """{"traits":[]}""");
            await CheckAsync(mixed, count > 2000 ? 422 : 200);
            using var asked = await proxy.SendAsync(HttpMethod.Get, $"{path}?identifier={text}", "env");
            await CheckAsync(asked, count > 2000 ? 422 : 200);
        }

        static async Task CheckAsync(HttpResponseMessage response, int status)
        {
            Assert.Equal(status, (int)response.StatusCode);
            if (status == 422)
            {
                Assert.Contains("\"string_too_long\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
    }
}

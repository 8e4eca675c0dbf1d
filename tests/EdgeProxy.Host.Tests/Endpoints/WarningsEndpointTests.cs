using System.Text.Json.Nodes;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Endpoints;

/// <summary>docs/spec/explain.md 7: the latest warnings of the log, for operators.</summary>
public sealed class WarningsEndpointTests
{
    [Fact]
    public async Task Get_ManyEntries_TheLatestHundredFromWarningOn()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        var logger = proxy.Services.GetRequiredService<ILoggerFactory>().CreateLogger("test");
        logger.Log(LogLevel.Information, new EventId(1), 0, exception: null, static (_, _) => "not this");
        for (var i = 0; i < 150; i++)
        {
            logger.Log(LogLevel.Warning, new EventId(7), i, exception: null, static (number, _) => $"warning {number}");
        }

        logger.Log(LogLevel.Error, new EventId(8), new string('x', 5000), new InvalidOperationException("secret detail"), static (text, _) => text);
        var warnings = JsonNode.Parse(await proxy.Client.GetStringAsync("/proxy/warnings"))!["warnings"]!.AsArray();

        Assert.Equal(RecentWarnings.MaxEntries, warnings.Count);
        Assert.Equal(("ERROR", 8), ((string?)warnings[0]!["level"], (int)warnings[0]!["event_id"]!));
        Assert.Equal(RecentWarnings.MaxCharacters + 1, ((string?)warnings[0]!["message"])!.Length);
        Assert.Equal("warning 149", (string?)warnings[1]!["message"]);
        Assert.DoesNotContain("secret detail", warnings.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/proxy/warnings")]
    [InlineData("/proxy/settings")]
    public async Task Get_NoOperator_Rejected(string path)
    {
        await using var proxy = await TestProxy.ServeAsync(new ProxyOptions { Operators = new OperatorOptions { Token = "token" } }, Documents.Small("env").ToJsonString());
        using var response = await proxy.Client.GetAsync(path);

        Assert.Equal(401, (int)response.StatusCode);
    }
}

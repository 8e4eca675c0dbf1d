using System.Net;
using System.Text.Json.Nodes;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Host.Testing;
using EdgeProxy.Workloads;

namespace EdgeProxy.Host.Tests.Commands;

/// <content>Limits of memory, as <c>DOTNET_GCHeapHardLimit</c> sets them.</content>
public sealed partial class ProgramTests
{
    [Fact]
    public async Task Serve_DocumentThatCannotFit_RejectedWithTheNameOfTheLimit()
    {
        using var directory = new TemporaryDirectory();
        var document = Documents.Small("env");
        var segment = new JsonObject
        {
            ["name"] = "s",
            ["rules"] = new JsonArray(new JsonObject
            {
                ["type"] = "ANY",
                ["conditions"] = new JsonArray([.. Enumerable.Range(0, 150_000).Select(static i => new JsonObject { ["property_"] = "t", ["operator"] = "EQUAL", ["value"] = $"{i}" })]),
            }),
        };
        document["project"]!["segments"] = new JsonArray(segment);
        var path = directory.Combine("document.json");
        await File.WriteAllTextAsync(path, document.ToJsonString());
        using var program = EdgeProxyProcess.Start(
            [("DOTNET_GCHeapHardLimit", "3000000"), ("SERVER_PORT", "0")], "--environment-document", path); // hexadecimal: 50 MB

        var line = "";
        while (!line.Contains("left of the 50 MB that the process may use (DOTNET_GCHeapHardLimit)", StringComparison.Ordinal))
        {
            line = await program.ReadLineAsync() ?? throw new Xunit.Sdk.XunitException("The program ended without the message.");
        }
    }

    [Fact]
    public async Task Serve_OneHugeValue_NeedsNoMoreThanThirteenTimesItsLength()
    {
        using var directory = new TemporaryDirectory();
        var document = Documents.Small("env");
        document["feature_states"]![0]!["feature_state_value"] = new string('x', 20_000_000);
        var path = directory.Combine("document.json");
        await File.WriteAllTextAsync(path, document.ToJsonString());
        using var program = EdgeProxyProcess.Start(
            [("DOTNET_GCHeapHardLimit", "F800000"), ("SERVER_PORT", "0")], "--environment-document", path); // hexadecimal: 260 MB

        var line = "";
        while (!line.Contains("checked and compiled in", StringComparison.Ordinal))
        {
            line = await program.ReadLineAsync() ?? throw new Xunit.Sdk.XunitException("The program ended without serving the document.");
            Assert.DoesNotContain("memory than is left", line, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("one value", 0.5)]
    [InlineData("one value", 1.1)]
    [InlineData("features", 0.5)]
    [InlineData("features", 1.1)]
    [InlineData("segments with a condition each, without overrides", 0.5)]
    [InlineData("segments with a condition each, without overrides", 1.1)]
    [InlineData("conditions of one segment", 0.5)]
    [InlineData("conditions of one segment", 1.1)]
    [InlineData("regular expressions", 0.5)]
    [InlineData("regular expressions", 1.1)]
    public async Task Serve_DocumentOfAnyKindUnderALimit_TheProcessGoesOn(string kind, double share)
    {
        const int Idle = 6_000_000;
        using var directory = new TemporaryDirectory();
        var document = OneSidedDocuments.All.Single(item => item.Name == kind).Make(3_000_000);
        var path = directory.Combine("document.json");
        await File.WriteAllBytesAsync(path, document);
        var limit = Idle + (long)(DocumentCost.MinBytes(document) * share);
        using var program = EdgeProxyProcess.Start([("DOTNET_GCHeapHardLimit", $"{limit:x}"), ("SERVER_PORT", "0")], "--host", "127.0.0.1", "--environment-document", path);
        var address = await program.ReadAddressAsync();

        var line = "";
        while (!line.Contains("MB that the process may use (DOTNET_GCHeapHardLimit)", StringComparison.Ordinal)
            && (share < 1 || !line.Contains("checked and compiled in", StringComparison.Ordinal)))
        {
            line = await program.ReadLineAsync() ?? throw new Xunit.Sdk.XunitException($"The process ended: {await program.ReadErrorAsync()}");
        }

        using var client = new HttpClient { BaseAddress = address, Timeout = Patience.Limit };
        using var health = await client.GetAsync("/proxy/health/liveness");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }
}

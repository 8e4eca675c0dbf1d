using System.Text;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Testing.Steady;
using EdgeProxy.Testing;
using EdgeProxy.Workloads;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Explanations;

/// <summary>Explanations leave nothing behind that requests of SDKs pay for: these allocate no more than a bare server, as without them.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class ExplanationAllocationTests
{
    private const int Explanations = 20;

    [AllocationTheory]
    [InlineData("GET /api/v1/flags/")]
    [InlineData("POST /api/v1/identities/")]
    public async Task Request_AfterExplanations_AllocatesNoMoreThanABareServer(string request)
    {
        var document = Encoding.UTF8.GetString(DocumentMaker.Make(EnvironmentShapes.Heavy, IdentityRequests.EnvironmentKey));
        var identity = Encoding.UTF8.GetString(IdentityRequests.HeavyMatching);
        await using var proxy = await TestProxy.ServeAsync(new ProxyOptions(), LogLevel.Warning, document);
        for (var i = 0; i < Explanations; i++)
        {
            using var explained = await proxy.SendAsync(HttpMethod.Post, "/proxy/explain?all=true", $"ser.{IdentityRequests.EnvironmentKey}", identity);
            Assert.Equal(200, (int)explained.StatusCode);
        }

        var body = request.StartsWith("POST", StringComparison.Ordinal) ? identity : "";
        var text = $"{request} HTTP/1.1\r\nHost: test\r\nX-Environment-Key: ser.{IdentityRequests.EnvironmentKey}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        using var own = new SteadyHttp1Connection(proxy.Address, text);
        Assert.StartsWith("HTTP/1.1 200 ", own.FirstAnswer, StringComparison.Ordinal);
        await using var bare = await BareServer.StartAsync(own.AnswerBodyLength);
        using var other = new SteadyHttp1Connection(bare.Address, text);

        Assert.InRange(own.MinAllocations(), 0, other.MinAllocations());
    }
}

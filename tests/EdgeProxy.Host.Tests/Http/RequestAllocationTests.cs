using System.Text;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Testing.Steady;
using EdgeProxy.Testing;
using EdgeProxy.Workloads;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Http;

/// <summary>
/// Allocations of a request from socket to socket, in the whole process: not a byte more than a Kestrel server that reads
/// the same request and writes as many bytes.
/// </summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class RequestAllocationTests
{
    public static TheoryData<string, string, bool> Requests => new()
    {
        { "small", "GET /api/v1/flags/", false },
        { "plain", "GET /api/v1/flags/", false },
        { "plain", "GET /api/v1/flags/", true },
        { "plain", "GET /api/v1/flags/?feature=feature_7", false },
        { "plain", "GET /api/v1/identities/?identifier=somebody", false },
        { "plain", "POST /api/v1/identities/", false },
        { "plain", "POST /api/v1/identities/", true },
        { "heavy", "POST /api/v1/identities/", false },
        { "heavy", "POST /api/v1/identities/", true },
        { "plain", "POST /api/v1/analytics/flags/", false },
        { "plain", "POST /ofrep/v1/evaluate/flags", false },
        { "plain", "POST /ofrep/v1/evaluate/flags/feature_7", false },
        { "heavy", "POST /ofrep/v1/evaluate/flags", false },
        { "heavy", "POST /ofrep/v1/evaluate/flags", true },
        { "heavy", "POST /ofrep/v1/evaluate/flags/feature_7", false },
        { "small", "GET /api/v1/environment-document/", false },
        { "small", "GET /api/v1/environment-document/", true },
    };

    [AllocationTheory]
    [MemberData(nameof(Requests))]
    public Task Request_SteadyState_AllocatesNoMoreThanABareServer(string environment, string request, bool compressed) => CheckAsync(environment, request, compressed);

    [AllocationTheory]
    [InlineData("GET /api/v1/flags/")]
    [InlineData("POST /api/v1/identities/")]
    public Task Request_WithRevisionHeader_AllocatesNoMoreThanABareServer(string request) =>
        CheckAsync("plain", request, compressed: false, new ProxyOptions { Revision = new RevisionOptions { IsSent = true } });

    private static async Task CheckAsync(string environment, string request, bool compressed, ProxyOptions? options = null)
    {
        var heavy = environment == "heavy";
        var shape = heavy ? EnvironmentShapes.Heavy : environment == "plain" ? EnvironmentShapes.Plain : EnvironmentShapes.Small;
        var document = Encoding.UTF8.GetString(DocumentMaker.Make(shape, IdentityRequests.EnvironmentKey));
        await using var proxy = await TestProxy.ServeAsync(options ?? new ProxyOptions(), LogLevel.Warning, document);
        var body = request.Contains("ofrep", StringComparison.Ordinal) ? Encoding.UTF8.GetString(heavy ? IdentityRequests.HeavyMatchingContext : IdentityRequests.PlainContext)
            : request.Contains("analytics", StringComparison.Ordinal) ? """{"feature_1":1,"feature_2":2}"""
            : request.StartsWith("POST", StringComparison.Ordinal)
            ? Encoding.UTF8.GetString(heavy ? IdentityRequests.HeavyMatching : IdentityRequests.Plain)
            : "";
        var text = $"{request} HTTP/1.1\r\nHost: test\r\nX-Environment-Key: ser.{IdentityRequests.EnvironmentKey}\r\n"
            + (compressed ? "Accept-Encoding: gzip\r\n" : "")
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        if (compressed)
        {
            await Patience.UntilAsync(() => IsCompressed(proxy.Address, text), "the compressed answer, which is made in the background");
        }

        using var own = new SteadyHttp1Connection(proxy.Address, text);
        Assert.StartsWith("HTTP/1.1 200 ", own.FirstAnswer, StringComparison.Ordinal);
        Assert.Equal(options is not null, own.FirstAnswer.Contains("X-EdgeProxy-Revision", StringComparison.Ordinal));
        Assert.Equal(compressed, own.FirstAnswer.Contains("Content-Encoding: gzip", StringComparison.Ordinal));
        await using var bare = await BareServer.StartAsync(own.AnswerBodyLength);
        using var other = new SteadyHttp1Connection(bare.Address, text);

        Assert.InRange(own.MinAllocations(), 0, other.MinAllocations());
    }

    private static bool IsCompressed(Uri address, string request)
    {
        using var connection = new SteadyHttp1Connection(address, request);
        return connection.FirstAnswer.Contains("Content-Encoding: gzip", StringComparison.Ordinal);
    }
}

using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeProxy.Host.Http.Tls;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Testing.Steady;
using EdgeProxy.Host.Tests.Http.Tls;
using EdgeProxy.Testing;
using EdgeProxy.Workloads;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Http;

/// <summary>
/// Allocations of a request over TLS and HTTP/2, like RequestAllocationTests for HTTP/1.1: not a byte more than a
/// Kestrel server over the same transport.
/// </summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class TransportAllocationTests : IDisposable
{
    // What takes part in HTTP/2 is compiled for good only after so many requests, and allocates more before.
    private const int MinConnections = 3;
    private const int MaxConnections = 20;

    // Larger ones the bare server waits for over HTTP/2, which costs it 880 bytes that would hide ours.
    private const int MaxAnswerBytes = 4096;

    private readonly CertificateFiles _files = new();

    public static TheoryData<bool, bool, string, string> Requests => new()
    {
        { true, false, "GET", "/api/v1/flags/" },
        { true, false, "POST", "/api/v1/identities/" },
        { false, true, "GET", "/api/v1/flags/" },
        { false, true, "POST", "/api/v1/identities/" },
        { true, true, "POST", "/api/v1/identities/" },
    };

    [AllocationTheory]
    [MemberData(nameof(Requests))]
    public async Task Request_OverTheTransport_AllocatesNoMoreThanABareServer(bool tls, bool http2, string method, string path)
    {
        using var certificate = Certificate();
        var options = new ProxyOptions
        {
            Tls = tls ? _files.Options : new TlsOptions(),
            Server = new ServerOptions { Http2 = http2, Http2CleartextPort = http2 && !tls ? 0 : null },
        };
        var document = Encoding.UTF8.GetString(DocumentMaker.Make(EnvironmentShapes.Small, IdentityRequests.EnvironmentKey));
        await using var proxy = await TestProxy.ServeAsync(options, LogLevel.Warning, document);
        var answer = AnswerLength();
        await using var bare = await BareServer.StartAsync(answer, listen =>
        {
            listen.Protocols = http2 ? HttpProtocols.Http2 : HttpProtocols.Http1;
            if (tls)
            {
                listen.UseHttps(certificate);
            }
        });
        var (least, minBare) = (long.MaxValue, long.MaxValue);
        for (var i = 0; i < MinConnections || (i < MaxConnections && least > minBare); i++)
        {
            least = Math.Min(least, MinOf(proxy.LastAddress));
            minBare = Math.Min(minBare, MinOf(bare.Address));
        }

        Assert.InRange(answer, 1, MaxAnswerBytes);
        Assert.InRange(least, 0, minBare);

        int AnswerLength()
        {
            using var connection = Open(proxy.LastAddress, http2, method, path);
            return connection.AnswerBodyLength;
        }

        long MinOf(Uri server)
        {
            using var connection = Open(server, http2, method, path);
            return connection.MinAllocations();
        }
    }

    public void Dispose() => _files.Dispose();

    private X509Certificate2 Certificate()
    {
        var certificate = _files.Write(TestCertificate.Create());
        return X509Certificate2.CreateFromPem(certificate.CertificatePem, certificate.KeyPem);
    }

    private static SteadyConnection Open(Uri server, bool http2, string method, string path)
    {
        var key = $"ser.{IdentityRequests.EnvironmentKey}";
        var body = method == "POST" ? Encoding.UTF8.GetString(IdentityRequests.Plain) : "";
        (string Name, string Value)[] headers =
        [
            ("x-environment-key", key), ("content-type", "application/json"), ("content-length", $"{body.Length}"),
        ];
        return http2
            ? new SteadyHttp2Connection(server, body, [(":method", method), (":path", path), (":scheme", server.Scheme), (":authority", "test"), .. headers])
            : new SteadyHttp1Connection(
                server, $"{method} {path} HTTP/1.1\r\nHost: test\r\n{string.Concat(headers.Select(static header => $"{header.Name}: {header.Value}\r\n"))}\r\n{body}");
    }
}

using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Http.Tls;
using EdgeProxy.Host.Tests.Metrics;

namespace EdgeProxy.Host.Tests.Commands.Checks;

/// <content>Collectors that metrics and traces are exported to.</content>
public sealed partial class DoctorTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    [Fact]
    public async Task Otlp_NothingListens_NamedForEachSignal()
    {
        await using var upstream = await StartUpstreamAsync();

        var (code, output) = await RunAsync(ApiUrl(upstream.Address), (Endpoint, "http://user:a-secret-key@127.0.0.1:18496"));

        Assert.Equal(Warnings, code);
        Assert.Contains("metrics: http://127.0.0.1:18496/v1/metrics: connection refused by 127.0.0.1:18496 (nothing listens there; check OTEL_EXPORTER_OTLP_ENDPOINT)", output, StringComparison.Ordinal);
        Assert.Contains("traces: http://127.0.0.1:18496/v1/traces: connection refused", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Otlp_NameNotFound_Named()
    {
        await using var upstream = await StartUpstreamAsync();

        var (code, output) = await RunAsync(
            ApiUrl(upstream.Address), ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://collector.invalid:4318/v1/metrics"), ("API_POLL_TIMEOUT_SECONDS", "20"));

        Assert.Equal(Warnings, code);
        Assert.Matches("metrics: http://collector\\.invalid:4318/v1/metrics: .*collector\\.invalid:4318 \\(check OTEL_EXPORTER_OTLP_METRICS_ENDPOINT and DNS\\)", output);
    }

    [Fact]
    public async Task Otlp_CertificateOfAPrivateAuthority_Named()
    {
        using var files = new CertificateFiles();
        files.Write(TestCertificate.Create());
        await using var collector = await TestProxy.ServeAsync(new ProxyOptions { Tls = files.Options }, Documents.Small("env").ToJsonString());
        await using var upstream = await StartUpstreamAsync();

        await AssertSaysAsync(
            Warnings, "is not trusted: it is signed by \"CN=edge-proxy.test\", which this machine does not know", ApiUrl(upstream.Address), (Endpoint, collector.Address.AbsoluteUri));
    }

    [Fact]
    public async Task Otlp_CertificateWithItsOwnAuthority_NotJudged()
    {
        using var files = new CertificateFiles();
        files.Write(TestCertificate.Create());
        await using var collector = await TestProxy.ServeAsync(new ProxyOptions { Tls = files.Options }, Documents.Small("env").ToJsonString());
        await using var upstream = await StartUpstreamAsync();

        await AssertSaysAsync(
            Well,
            "accepts connections; its certificate was not checked, since OTEL_EXPORTER_OTLP_CERTIFICATE is set",
            ApiUrl(upstream.Address), (Endpoint, collector.Address.AbsoluteUri), ("OTEL_EXPORTER_OTLP_CERTIFICATE", "/etc/ssl/collector.pem"));
    }

    [Theory]
    [InlineData(401, "returned HTTP 401: it does not accept the headers of OTEL_EXPORTER_OTLP_HEADERS, or needs some")]
    [InlineData(404, "returned HTTP 404: no collector of this protocol answers there")]
    [InlineData(500, "returned HTTP 500")]
    public async Task Otlp_NotAccepted_Named(int status, string sentence)
    {
        await using var upstream = await StartUpstreamAsync();
        await using var collector = await FakeUpstream.StartAsync();
        collector.Behaviour = FakeUpstream.Status(status);

        await AssertSaysAsync(Warnings, sentence, ApiUrl(upstream.Address), (Endpoint, collector.Address.AbsoluteUri));
    }

    [Fact]
    public async Task Otlp_Hangs_Named()
    {
        await using var upstream = await StartUpstreamAsync();
        await using var collector = await FakeUpstream.StartAsync();
        collector.Behaviour = FakeUpstream.Hang;

        await AssertSaysAsync(
            Warnings, "/v1/metrics: no answer within 2 s", ApiUrl(upstream.Address), ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", new Uri(collector.Address, "/v1/metrics").AbsoluteUri), ("API_POLL_TIMEOUT_SECONDS", "2"));
    }

    [Fact]
    public async Task Otlp_NoAddress_Named()
    {
        await using var upstream = await StartUpstreamAsync();

        await AssertSaysAsync(Warnings, "metrics: OTEL_EXPORTER_OTLP_ENDPOINT is no address", ApiUrl(upstream.Address), (Endpoint, "collector:4318"));
    }

    [Fact]
    public async Task Otlp_Collector_TakesAnEmptyExportWithTheHeaders()
    {
        await using var upstream = await StartUpstreamAsync();
        await using var collector = await OtlpCollector.StartAsync();

        await AssertSaysAsync(
            Well, $"traces: {new Uri(collector.Address, "/v1/traces")} accepts exports", ApiUrl(upstream.Address), (Endpoint, collector.Address.AbsoluteUri), ("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=seven%20of"));

        Assert.Equal(["/v1/metrics", "/v1/traces"], collector.Paths.Order(StringComparer.Ordinal));
        Assert.Equal("seven of", Assert.Single(collector.Tenants));
    }

    [Fact]
    public async Task Otlp_GrpcCollector_TakesAnEmptyExport()
    {
        await using var upstream = await StartUpstreamAsync();
        await using var collector = await OtlpCollector.StartGrpcAsync();

        await AssertSaysAsync(
            Well, "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export accepts exports", ApiUrl(upstream.Address), (Endpoint, collector.Address.AbsoluteUri), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"));
    }

    [Fact]
    public async Task Otlp_GrpcToACollectorWithoutIt_Named()
    {
        await using var upstream = await StartUpstreamAsync();
        await using var collector = await OtlpCollector.StartAsync();

        await AssertSaysAsync(Warnings, "it does not speak gRPC", ApiUrl(upstream.Address), (Endpoint, collector.Address.AbsoluteUri), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"));
    }
}

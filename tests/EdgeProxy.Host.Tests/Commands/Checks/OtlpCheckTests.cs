using EdgeProxy.Host.Commands.Checks;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Http.Tls;
using EdgeProxy.Host.Tests.Metrics;

namespace EdgeProxy.Host.Tests.Commands.Checks;

/// <summary>Collectors that metrics and traces are exported to, and what is wrong with them.</summary>
public sealed class OtlpCheckTests
{
    private const int Well = 0;
    private const int Warnings = 1;
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string MetricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";

    [Fact]
    public async Task Run_NothingExported_NothingSaid()
    {
        var report = new CheckReport();

        await OtlpCheck.RunAsync(CheckSetUp.With(static options => options), report, CancellationToken.None);

        Assert.Empty(report.Results);
    }

    [Fact]
    public async Task Run_NothingListens_NamedForEachSignal()
    {
        var (code, text) = await CheckAsync((Endpoint, "http://user:a-secret-key@127.0.0.1:18496"));

        Assert.Equal(Warnings, code);
        Assert.Contains("metrics: http://127.0.0.1:18496/v1/metrics: connection refused by 127.0.0.1:18496 (nothing listens there; check OTEL_EXPORTER_OTLP_ENDPOINT)", text, StringComparison.Ordinal);
        Assert.Contains("traces: http://127.0.0.1:18496/v1/traces: connection refused", text, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret-key", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NameNotFound_Named()
    {
        var (code, text) = await CheckAsync((MetricsEndpoint, "http://collector.invalid:4318/v1/metrics"));

        Assert.Equal(Warnings, code);
        Assert.Matches("metrics: http://collector\\.invalid:4318/v1/metrics: .*collector\\.invalid:4318 \\(check OTEL_EXPORTER_OTLP_METRICS_ENDPOINT and DNS\\)", text);
    }

    [Fact]
    public async Task Run_CertificateOfAPrivateAuthority_Named()
    {
        using var files = new CertificateFiles();
        await using var collector = await StartTlsAsync(files);

        var (code, text) = await CheckAsync((Endpoint, collector.Address.AbsoluteUri));

        Assert.Equal(Warnings, code);
        Assert.Contains("is not trusted: it is signed by \"CN=edge-proxy.test\", which this machine does not know", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CertificateWithItsOwnAuthority_NotJudged()
    {
        using var files = new CertificateFiles();
        await using var collector = await StartTlsAsync(files);

        var (code, text) = await CheckAsync((Endpoint, collector.Address.AbsoluteUri), ("OTEL_EXPORTER_OTLP_CERTIFICATE", "/etc/ssl/collector.pem"));

        Assert.Equal(Well, code);
        Assert.Contains("accepts connections; its certificate was not checked, since OTEL_EXPORTER_OTLP_CERTIFICATE is set", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "returned HTTP 401: it does not accept the headers of OTEL_EXPORTER_OTLP_HEADERS, or needs some")]
    [InlineData(404, "returned HTTP 404: no collector of this protocol answers there")]
    [InlineData(500, "returned HTTP 500")]
    public async Task Run_NotAccepted_Named(int status, string sentence)
    {
        await using var collector = await FakeUpstream.StartAsync();
        collector.Behaviour = FakeUpstream.Status(status);

        var (code, text) = await CheckAsync((Endpoint, collector.Address.AbsoluteUri));

        Assert.Equal(Warnings, code);
        Assert.Contains(sentence, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Hangs_Named()
    {
        await using var collector = await FakeUpstream.StartAsync();
        collector.Behaviour = FakeUpstream.Hang;

        var (code, text) = await CheckAsync(TimeSpan.FromSeconds(0.5), (MetricsEndpoint, new Uri(collector.Address, "/v1/metrics").AbsoluteUri));

        Assert.Equal(Warnings, code);
        Assert.Contains("/v1/metrics: no answer within 0.5 s", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoAddress_Named()
    {
        var (code, text) = await CheckAsync((Endpoint, "collector:4318"));

        Assert.Equal(Warnings, code);
        Assert.Contains("metrics: OTEL_EXPORTER_OTLP_ENDPOINT is no address", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Collector_TakesAnEmptyExportWithTheHeaders()
    {
        await using var collector = await OtlpCollector.StartAsync();

        var (code, text) = await CheckAsync((Endpoint, collector.Address.AbsoluteUri), ("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=seven%20of"));

        Assert.Contains($"traces: {new Uri(collector.Address, "/v1/traces")} accepts exports", text, StringComparison.Ordinal);
        Assert.Equal(Well, code);
        Assert.Equal(["/v1/metrics", "/v1/traces"], collector.Paths.Order(StringComparer.Ordinal));
        Assert.Equal("seven of", Assert.Single(collector.Tenants));
    }

    [Fact]
    public async Task Run_GrpcCollector_TakesAnEmptyExport()
    {
        await using var collector = await OtlpCollector.StartGrpcAsync();

        var (code, text) = await CheckAsync((Endpoint, collector.Address.AbsoluteUri), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"));

        Assert.Contains("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export accepts exports", text, StringComparison.Ordinal);
        Assert.Equal(Well, code);
    }

    [Fact]
    public async Task Run_GrpcToACollectorWithoutIt_Named()
    {
        await using var collector = await OtlpCollector.StartAsync();

        var (code, text) = await CheckAsync((Endpoint, collector.Address.AbsoluteUri), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"));

        Assert.Equal(Warnings, code);
        Assert.Contains("it does not speak gRPC", text, StringComparison.Ordinal);
    }

    private static Task<TestProxy> StartTlsAsync(CertificateFiles files)
    {
        files.Write(TestCertificate.Create());
        return TestProxy.ServeAsync(new ProxyOptions { Tls = files.Options }, Documents.Small("env").ToJsonString());
    }

    private static Task<(int Code, string Text)> CheckAsync(params (string Name, string Value)[] variables) => CheckAsync(TimeSpan.FromSeconds(20), variables);

    private static async Task<(int Code, string Text)> CheckAsync(TimeSpan timeout, params (string Name, string Value)[] variables)
    {
        var context = CheckSetUp.With(options => options with { Upstream = options.Upstream with { ApiPollTimeout = timeout } }, variables);
        var report = new CheckReport();
        await OtlpCheck.RunAsync(context, report, CancellationToken.None);
        return CheckSetUp.Read(report);
    }
}

using System.Text;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Operations.Export;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Metrics;

/// <summary>The real program, as operators set it up, and something that takes what it exports.</summary>
public sealed class OtlpExportTests
{
    private const string MetricsPath = "/v1/metrics";
    private const string TracesPath = "/v1/traces";
    private const string GrpcMetricsPath = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
    private const string GrpcTracesPath = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string UnsampledTrace = "11111111111111111111111111111111";
    private const string ParentSpan = "b7ad6b7169203331";

    [Fact]
    public async Task Export_WithTheVariables_MetricsAndTheSpansOfSampledTraces()
    {
        await using var collector = await OtlpCollector.StartAsync();
        using var proxy = Start(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.AbsoluteUri), ("OTEL_METRIC_EXPORT_INTERVAL", "200"), ("OTEL_BSP_SCHEDULE_DELAY", "100"),
            ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=staging"));
        using var client = await ReadyClientAsync(proxy);
        await AskAsync(client, "/api/v1/flags/", ("traceparent", $"00-{UnsampledTrace}-{ParentSpan}-00"));
        await AskAsync(client, "/api/v1/flags/secret-to-no-span", ("traceparent", $"00-22222222222222222222222222222222-{ParentSpan}-01"));
        await AskAsync(client, "/api/v1/identities/?identifier=secret-to-no-span", ("traceparent", $"00-{Trace}-{ParentSpan}-01"), ("tracestate", "vendor=opaque"));
        await AskAsync(client, "/health");

        await collector.UntilAsync(TracesPath, "GET /api/v1/identities");
        Assert.True(collector.Has(TracesPath, Convert.FromHexString(Trace)));
        Assert.True(collector.Has(TracesPath, Convert.FromHexString(ParentSpan)));
        Assert.True(collector.Has(TracesPath, "vendor=opaque"));
        Assert.True(collector.Has(TracesPath, "edgeproxy.environment"));
        Assert.True(collector.Has(TracesPath, "http.response.status_code"));
        Assert.True(collector.Has(TracesPath, "edge-proxy")); // service.name
        Assert.True(collector.Has(TracesPath, "staging"));
        Assert.False(collector.Has(TracesPath, Convert.FromHexString(UnsampledTrace)));
        Assert.False(collector.Has(TracesPath, "secret-to-no-span"));
        Assert.False(collector.Has(TracesPath, "/health"));

        await collector.UntilAsync(MetricsPath, "edgeproxy_requests_total");
        await collector.UntilAsync(MetricsPath, "edgeproxy_request_duration_seconds");
        await collector.UntilAsync(MetricsPath, "identities");
        Assert.True(collector.Has(MetricsPath, "edgeproxy_ready"));
        Assert.True(collector.Has(MetricsPath, "edgeproxy_compile_seconds_sum"));
        Assert.True(collector.Has(MetricsPath, "process_resident_memory_bytes"));
    }

    [Fact]
    public async Task Export_OverGrpc_MetricsAndSpans()
    {
        await using var collector = await OtlpCollector.StartGrpcAsync();
        using var proxy = Start(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.AbsoluteUri), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"), ("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=seven"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"), ("OTEL_BSP_SCHEDULE_DELAY", "100"));
        using var client = await ReadyClientAsync(proxy);
        await AskAsync(client, "/api/v1/flags/", ("traceparent", $"00-{Trace}-{ParentSpan}-01"));
        await collector.UntilAsync(GrpcTracesPath, "GET /api/v1/flags");
        await collector.UntilAsync(GrpcMetricsPath, "edgeproxy_requests_total");

        // Not only the first: what came back was understood.
        await AskAsync(client, "/api/v1/identities/?identifier=x");
        await collector.UntilAsync(GrpcTracesPath, "GET /api/v1/identities");

        Assert.Equal(0, await proxy.StopAsync());
        Assert.Equal([GrpcMetricsPath, GrpcTracesPath], collector.Paths.Order(StringComparer.Ordinal));
        Assert.Equal(["seven"], collector.Tenants);
        Assert.True(collector.Has(GrpcTracesPath, Convert.FromHexString(Trace)));
    }

    [Fact]
    public async Task Export_ByDefault_OverHttpAsThePythonProxyDoes()
    {
        await using var collector = await OtlpCollector.StartAsync();
        using var proxy = EdgeProxyProcess.Start(
            [("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.AbsoluteUri), ("OTEL_METRIC_EXPORT_INTERVAL", "200")], "--demo", "--host", "127.0.0.1", "--port", "0");
        using var client = await ReadyClientAsync(proxy);

        await collector.UntilAsync(MetricsPath, "edgeproxy_ready");

        Assert.Equal(0, await proxy.StopAsync());
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317", "OTEL_EXPORTER_OTLP_PROTOCOL=grpc")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317;OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://c:4317;OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=https://c/m", "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL=http/protobuf;OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=grpc")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://c:4318;OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=grpc", "")]
    [InlineData("", "")]
    public void Defaults_Protocol_ByThePort(string variables, string expected)
    {
        var given = variables.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(static variable => variable.Split('=')).ToDictionary(static parts => parts[0], static parts => parts[1]);

        var defaults = OtlpEndpoint.Defaults(name => given.GetValueOrDefault(name));

        Assert.Equal(expected, string.Join(';', defaults.Select(static variable => $"{variable.Name}={variable.Value}")));
    }

    [Fact]
    public async Task Export_ToldToStop_WhatIsLeftIsExportedFirst()
    {
        await using var collector = await OtlpCollector.StartAsync();
        using var proxy = Start(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.AbsoluteUri), ("OTEL_METRIC_EXPORT_INTERVAL", "3600000"), ("OTEL_BSP_SCHEDULE_DELAY", "3600000"));
        using var client = await ReadyClientAsync(proxy);
        await AskAsync(client, "/api/v1/flags/");
        Assert.Empty(collector.Paths);

        Assert.Equal(0, await proxy.StopAsync());

        Assert.True(collector.Has(MetricsPath, "edgeproxy_requests_total"));
        Assert.True(collector.Has(TracesPath, "GET /api/v1/flags"));
    }

    [Fact]
    public async Task Export_OfMetricsOnly_NoTraces()
    {
        await using var collector = await OtlpCollector.StartAsync();
        using var proxy = Start(("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", new Uri(collector.Address, "/own/path").AbsoluteUri), ("OTEL_METRIC_EXPORT_INTERVAL", "200"));
        using var client = await ReadyClientAsync(proxy);
        await AskAsync(client, "/api/v1/flags/", ("traceparent", $"00-{Trace}-{ParentSpan}-01"));
        await collector.UntilAsync("/own/path", "edgeproxy_requests_total");

        Assert.Equal(0, await proxy.StopAsync());

        Assert.Equal(["/own/path"], collector.Paths);
    }

    [Fact]
    public async Task Export_SamplerOfTheOperator_Honoured()
    {
        await using var collector = await OtlpCollector.StartAsync();
        using var proxy = Start(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.AbsoluteUri), ("OTEL_TRACES_SAMPLER", "always_off"));
        using var client = await ReadyClientAsync(proxy);
        await AskAsync(client, "/api/v1/flags/");

        Assert.Equal(0, await proxy.StopAsync());

        Assert.Equal([MetricsPath], collector.Paths);
    }

    [Fact]
    public async Task Export_OfManyEnvironments_ASeriesForEach()
    {
        const int Count = 450; // five series each: more than the library takes by itself
        await using var collector = await OtlpCollector.StartAsync();
        var pairs = string.Join(',', Enumerable.Range(0, Count).Select(static number => $$"""{"server_side_key":"ser.{{number}}","client_side_key":"client-side-{{number}}"}"""));
        using var proxy = Start(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.AbsoluteUri), ("OTEL_METRIC_EXPORT_INTERVAL", "3600000"),
            ("ENVIRONMENT_KEY_PAIRS", $"[{pairs}]"), ("API_URL", "http://127.0.0.1:9/"));
        await proxy.ReadAddressAsync();

        Assert.Equal(0, await proxy.StopAsync());

        Assert.All(Enumerable.Range(0, Count), number => Assert.True(collector.Has(MetricsPath, new EnvironmentMetrics($"client-side-{number}").Key)));
        Assert.False(collector.Has(MetricsPath, "otel.metric.overflow"));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "not an address")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "pigeon")]
    public async Task Export_AVariableThatMakesNoSense_RequestsAnswered(string name, string value)
    {
        using var proxy = Start(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9/"), (name, value));
        using var client = await ReadyClientAsync(proxy);
        await AskAsync(client, "/api/v1/flags/");
    }

    [Fact]
    public async Task Export_NobodyTakesIt_RequestsAnsweredAndStoppedInTime()
    {
        using var proxy = Start(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9/"), ("OTEL_METRIC_EXPORT_INTERVAL", "100"), ("OTEL_BSP_SCHEDULE_DELAY", "100"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "500"), ("SERVER_SHUTDOWN_TIMEOUT_SECONDS", "5"));
        using var client = await ReadyClientAsync(proxy);
        for (var i = 0; i < 100; i++)
        {
            await AskAsync(client, "/api/v1/flags/");
        }

        var before = new StringBuilder();
        while (!before.ToString().Contains("could not be exported", StringComparison.Ordinal))
        {
            before.AppendLine(Assert.IsType<string>(await proxy.ReadLineAsync()));
        }

        Assert.Equal(0, await proxy.StopAsync());

        // Many attempts failed; an operator reads of it once.
        var output = before + await proxy.ReadOutputAsync();
        Assert.Equal(2, output.Split("OTLP: metrics or traces could not be exported to http://127.0.0.1:9").Length);
        Assert.Contains("connection refused: nothing listens there", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Library_NothingExported_NotLoaded(bool disabled)
    {
        using var proxy = disabled ? Start(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9/"), ("OTEL_SDK_DISABLED", "true")) : Start();
        using var client = await ReadyClientAsync(proxy);
        await AskAsync(client, "/api/v1/flags/", ("traceparent", $"00-{Trace}-{ParentSpan}-01"));
        await AskAsync(client, "/metrics");
        if (!OperatingSystem.IsLinux())
        {
            return; // which files a process has mapped cannot be read elsewhere
        }

        var mapped = await File.ReadAllTextAsync($"/proc/{proxy.Id}/maps");
        Assert.Contains("edge-proxy.dll", mapped, StringComparison.Ordinal);
        Assert.DoesNotContain("OpenTelemetry", mapped, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://x", true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT= ", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://x", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://x", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://x;OTEL_TRACES_EXPORTER=none", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://x;OTEL_METRICS_EXPORTER=None", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://x;OTEL_SDK_DISABLED=false", true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://x;OTEL_SDK_DISABLED=True", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL=grpc", false, false)]
    public void Variables_Read_WhatIsExported(string variables, bool metrics, bool traces)
    {
        var values = variables.Split(';').Where(static variable => variable.Length > 0).ToDictionary(
            static variable => variable.Split('=')[0], static variable => variable.Split('=', 2)[1], StringComparer.Ordinal);

        Assert.Equal(new OtlpVariables(metrics, traces), OtlpVariables.Read(values.GetValueOrDefault));
    }

    private static EdgeProxyProcess Start(params (string Name, string Value)[] variables) => EdgeProxyProcess.Start(
        [("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), .. variables], "--demo", "--host", "127.0.0.1", "--port", "0");

    private static async Task<HttpClient> ReadyClientAsync(EdgeProxyProcess proxy)
    {
        var client = new HttpClient { BaseAddress = await proxy.ReadAddressAsync() };
        await Patience.UntilAsync(
            async () =>
            {
                using var response = await client.GetAsync("/health");
                return response.IsSuccessStatusCode;
            },
            "the demo environment to be loaded");
        return client;
    }

    private static async Task AskAsync(HttpClient client, string target, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.Add("X-Environment-Key", "demo");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);
        Assert.True((int)response.StatusCode < 500, $"{target}: {response.StatusCode}");
    }
}

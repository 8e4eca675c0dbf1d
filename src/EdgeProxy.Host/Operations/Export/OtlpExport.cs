using EdgeProxy.Host.Common;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Operations.Exposition;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EdgeProxy.Host.Operations.Export;

/// <summary>
/// Exports metrics and traces by OTLP, configured by the standard environment variables. The only type that uses the
/// OpenTelemetry library, which so is not even loaded unless something is exported.
/// </summary>
internal sealed partial class OtlpExport : IHostedService, IDisposable
{
    private const string ServiceName = "edge-proxy";

    // The library's default limit of 2,000 would merge the environments beyond some hundreds into one series. It allocates
    // for the limit at once, so the limit is raised only where there are several series per environment.
    private const int MaxSeries = 20_000;

    private readonly OtlpVariables _variables;
    private readonly MetricCatalog _catalog;
    private readonly ExportedDurations _durations;
    private ExportedMetrics? _metrics;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private OpenTelemetrySdk? _sdk;
    private ExportWatch? _watch;

    public OtlpExport(OtlpVariables variables, MetricCatalog catalog, ExportedDurations durations, TimeProvider time, ILoggerFactory loggers)
    {
        _variables = variables;
        _catalog = catalog;
        _durations = durations;
        _time = time;
        _loggers = loggers;
    }

    private string Signals => (_variables.Metrics, _variables.Traces) switch
    {
        (true, true) => "metrics and traces",
        (true, false) => "metrics",
        _ => "traces",
    };

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var configuration = OtlpEndpoint.Configuration(Environment.GetEnvironmentVariable);
        var collectors = OtlpEndpoint.Describe(configuration);
        Log.Exporting(_loggers.CreateLogger<OtlpExport>(), Signals, collectors, configuration["OTEL_SERVICE_NAME"] ?? ServiceName);
        _watch = new ExportWatch(collectors, _time, _loggers.CreateLogger<ExportWatch>());
        _sdk = OpenTelemetrySdk.Create(builder =>
        {
            builder.Services.AddSingleton(configuration);

            // The last one counts: the operator may set another name.
            builder.ConfigureResource(static resource => resource
                .Clear().AddService(ServiceName, serviceVersion: ProgramVersion.Text).AddTelemetrySdk().AddEnvironmentVariableDetector());
            if (_variables.Metrics)
            {
                builder.WithMetrics(static metrics => metrics
                    .AddMeter(ExportedMetrics.MeterName)
                    .AddView(MetricCatalog.RequestsName, new MetricStreamConfiguration { CardinalityLimit = MaxSeries })
                    .AddView(MetricCatalog.FetchesName, new MetricStreamConfiguration { CardinalityLimit = MaxSeries }));
            }

            if (_variables.Traces)
            {
                builder.WithTracing(static tracing => tracing.AddSource(RequestTracer.SourceName));
            }

            builder.UseOtlpExporter();
        });
        _metrics = _variables.Metrics ? new ExportedMetrics(_catalog, _durations) : null;
        return Task.CompletedTask;
    }

    /// <summary>Exports the remaining data. The host calls this after the server has stopped, so nothing follows it.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(Dispose, CancellationToken.None).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        Interlocked.Exchange(ref _sdk, null)?.Dispose();
        _metrics?.Dispose();
        _watch?.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ExportStarted, LogLevel.Information, "OTLP: exporting {Signals} to {Url} as the service {Service}")]
        public static partial void Exporting(ILogger logger, string signals, string url, string service);
    }
}

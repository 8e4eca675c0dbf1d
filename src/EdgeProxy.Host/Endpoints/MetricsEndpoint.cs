using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Operations.Exposition;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>GET /metrics</c>: what was counted, for Prometheus; on the main port, or on one of its own.</summary>
internal sealed class MetricsEndpoint
{
    private static readonly StringValues ContentType = PrometheusText.ContentType;

    private readonly MetricCatalog _catalog;
    private readonly MetricsOptions _options;

    public MetricsEndpoint(MetricCatalog catalog, MetricsOptions options)
    {
        _catalog = catalog;
        _options = options;
    }

    /// <summary>Where a request goes that asks for an endpoint: nowhere, if its port does not have it.</summary>
    public SdkEndpoint Admit(Exchange exchange, SdkEndpoint endpoint)
    {
        if (endpoint == SdkEndpoint.Metrics)
        {
            return _options.Enabled && exchange.IsOnMetricsPort == _options.Port is not null ? endpoint : SdkEndpoint.None;
        }

        return !exchange.IsOnMetricsPort || endpoint is SdkEndpoint.Readiness or SdkEndpoint.Liveness ? endpoint : SdkEndpoint.None;
    }

    /// <summary>Answers with all metrics as they are now.</summary>
    public async Task AnswerAsync(Exchange exchange)
    {
        // On the thread pool: with many environments it is long, and it asks the operating system.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var body = new ResponseBody(PrometheusText.Write(_catalog.All));
        await ResponseWriter.WriteText(exchange, StatusCodes.Status200OK, ResponseWriter.Select(exchange, body, out _), ContentType);
    }
}

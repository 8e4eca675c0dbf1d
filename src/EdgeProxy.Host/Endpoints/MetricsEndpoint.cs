using EdgeProxy.Host.Common.Compression;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Operations.Exposition;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>GET /metrics</c>: all metrics in the format of Prometheus; on the main port, or on one of its own.</summary>
internal sealed class MetricsEndpoint : OpenEndpoint, IEndpointDefinition
{
    private static readonly StringValues ContentType = PrometheusText.ContentType;

    private readonly MetricsOptions _options;
    private readonly MetricCatalog _catalog;

    public MetricsEndpoint(MetricsOptions options, MetricCatalog catalog)
    {
        _options = options;
        _catalog = catalog;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("metrics", "/metrics", EndpointSurface.Metrics)
    {
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    public override bool IsEnabled => _options.Enabled;

    /// <inheritdoc/>
    public override async Task AnswerAsync(Exchange exchange)
    {
        // On the thread pool: with many environments the answer is long, and it reads figures from the operating system.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var body = PrometheusText.Write(_catalog.All);
        var coding = ResponseWriter.Negotiate(exchange, body.Length);
        if (coding != ContentCoding.Identity)
        {
            body = BodyCompressor.Compress(body.Span, coding);
        }

        ResponseWriter.SetCoding(exchange.ResponseHeaders, coding);
        await ResponseWriter.WriteText(exchange, StatusCodes.Status200OK, body, ContentType);
    }
}

using System.Text.Json;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Operations;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>GET /proxy/environments</c>: the state and freshness of every environment, for people and dashboards.</summary>
internal sealed class EnvironmentsEndpoint : OperatorEndpoint, IEndpointDefinition
{
    private readonly EnvironmentListing _listing;
    private readonly ServerMetrics _metrics;

    public EnvironmentsEndpoint(EnvironmentListing listing, ServerMetrics metrics)
    {
        _listing = listing;
        _metrics = metrics;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("environments", "/proxy/environments", EndpointSurface.Operators)
    {
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange) => ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("environments"u8);
        _listing.Write(writer);
        WriteDurations(writer);
        writer.WriteEndObject();
    });

    /// <summary>Writes how many requests of SDKs took how long, all environments together: bounds in seconds, and one count more.</summary>
    private void WriteDurations(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("durations"u8);
        writer.WriteStartArray("bounds"u8);
        foreach (var bound in DurationBuckets.Seconds)
        {
            writer.WriteNumberValue(bound);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("counts"u8);
        foreach (var count in _metrics.Durations.SheddableBuckets())
        {
            writer.WriteNumberValue(count);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

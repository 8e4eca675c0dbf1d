using System.Buffers;
using System.Text;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Usage;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>GET /api/v1/flags/</c>: bodies that were rendered with the snapshot.</summary>
internal sealed class FlagsEndpoint : EnvironmentEndpoint, IEndpointDefinition
{
    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("flags", "/api/v1/flags/", EndpointSurface.Sdk)
    {
        Usage = UsageResource.Flags,
        IsTraced = true,
    };

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange, PublishedEnvironment environment, FlagAudience audience) =>
        exchange.QueryString.Length == 0
            ? ResponseWriter.WriteBody(exchange, environment.Flags(audience))
            : AnswerQuery(exchange, environment, audience);

    private static Task AnswerQuery(Exchange exchange, PublishedEnvironment environment, FlagAudience audience)
    {
        var query = exchange.QueryString;
        var room = ArrayPool<byte>.Shared.Rent(QueryText.MaxLength(query));
        var length = QueryText.Find(query, "feature", room);
        var task = length > 0
            ? AnswerOne(exchange, environment, audience, room.AsSpan(0, length))
            : ResponseWriter.WriteBody(exchange, environment.Flags(audience));
        ArrayPool<byte>.Shared.Return(room);
        return task;
    }

    private static Task AnswerOne(Exchange exchange, PublishedEnvironment environment, FlagAudience audience, ReadOnlySpan<byte> feature)
    {
        var flag = environment.Snapshot.EnvironmentFlag(feature, audience);
        return flag.IsEmpty
            ? SdkErrors.FeatureNotFound(exchange, Encoding.UTF8.GetString(feature))
            : ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, flag);
    }
}

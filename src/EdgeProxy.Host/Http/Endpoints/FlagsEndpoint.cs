using System.Text;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Http.Endpoints;

/// <summary><c>GET /api/v1/flags/</c>: bodies that were rendered with the snapshot.</summary>
internal static class FlagsEndpoint
{
    /// <summary>Answers with all flags, or with the one asked for.</summary>
    public static Task Answer(Exchange exchange, PublishedEnvironment environment, FlagAudience audience)
    {
        var feature = QueryText.Find(exchange.QueryString, "feature");
        return feature is { Length: > 0 }
            ? AnswerOne(exchange, environment, audience, feature)
            : ResponseWriter.WriteBody(exchange, environment.Flags(audience));
    }

    private static Task AnswerOne(Exchange exchange, PublishedEnvironment environment, FlagAudience audience, byte[] feature)
    {
        var flag = environment.Snapshot.EnvironmentFlag(feature, audience);
        return flag.IsEmpty
            ? SdkErrors.FeatureNotFound(exchange, Encoding.UTF8.GetString(feature))
            : ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, flag);
    }
}

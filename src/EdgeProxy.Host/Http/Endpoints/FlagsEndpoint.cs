using System.Text;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Http.Endpoints;

/// <summary><c>GET /api/v1/flags/</c>: bodies that were rendered with the snapshot.</summary>
internal static class FlagsEndpoint
{
    /// <summary>Answers with all flags, or with the one asked for.</summary>
    public static Task Answer(HttpContext context, PublishedEnvironment environment, FlagAudience audience)
    {
        var feature = QueryText.Find(context.Request.QueryString.Value, "feature");
        return feature is { Length: > 0 }
            ? AnswerOne(context, environment, audience, feature)
            : ResponseWriter.WriteBody(context, environment.Flags(audience));
    }

    private static Task AnswerOne(HttpContext context, PublishedEnvironment environment, FlagAudience audience, byte[] feature)
    {
        var flag = environment.Snapshot.EnvironmentFlag(feature, audience);
        return flag.IsEmpty
            ? SdkErrors.FeatureNotFound(context, Encoding.UTF8.GetString(feature))
            : ResponseWriter.WriteJson(context, StatusCodes.Status200OK, flag);
    }
}

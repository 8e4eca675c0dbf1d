using System.Buffers;
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
        var query = exchange.QueryString;
        return query.Length == 0 || AnswerOne(exchange, environment, audience, query) is not { } answered
            ? ResponseWriter.WriteBody(exchange, environment.Flags(audience))
            : answered;
    }

    /// <summary>Answers with the flag that the query asks for; null if it asks for none.</summary>
    private static Task? AnswerOne(Exchange exchange, PublishedEnvironment environment, FlagAudience audience, string query)
    {
        var room = ArrayPool<byte>.Shared.Rent(QueryText.MostLength(query));
        try
        {
            var length = QueryText.Find(query, "feature", room);
            if (length <= 0)
            {
                return null;
            }

            var feature = room.AsSpan(0, length);
            var flag = environment.Snapshot.EnvironmentFlag(feature, audience);
            return flag.IsEmpty
                ? SdkErrors.FeatureNotFound(exchange, Encoding.UTF8.GetString(feature))
                : ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, flag);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }
}

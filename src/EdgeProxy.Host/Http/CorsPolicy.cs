using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Http;

/// <summary>
/// Answers cross-origin requests like the Python proxy's framework with credentials allowed: an allowed origin is echoed,
/// never a star (docs/spec/sdk-api.md 7.4).
/// </summary>
internal sealed class CorsPolicy
{
    private const string AnyOrigin = "*";
    private static readonly StringValues True = "true";
    private static readonly StringValues MaxAge = "600";
    private static readonly StringValues PreflightVary = $"{SdkHeaders.Vary}, Access-Control-Request-Method, Access-Control-Request-Headers";

    private static readonly ReadOnlyMemory<byte> Ok = "OK"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Disallowed = "Disallowed CORS origin"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> DisallowedRequest = "Disallowed CORS method or headers"u8.ToArray();

    private readonly StringValues _exposedHeaders;
    private readonly StringValues _ofrepExposedHeaders;
    private readonly bool _allowsAny;
    private readonly HashSet<string> _origins;

    public CorsPolicy(CorsOptions options, RevisionOptions revision)
    {
        _exposedHeaders = revision.IsSent ? $"{SdkHeaders.DocumentUpdatedAt}, {SdkHeaders.Revision}" : SdkHeaders.DocumentUpdatedAt;
        _ofrepExposedHeaders = $"{_exposedHeaders}, ETag, Retry-After";
        _allowsAny = options.AllowOrigins.Contains(AnyOrigin);
        _origins = new HashSet<string>(options.AllowOrigins, StringComparer.Ordinal);
    }

    /// <summary>Determines whether a request is a CORS preflight.</summary>
    public static bool IsPreflight(Exchange exchange) =>
        exchange.Method == HttpMethods.Options
        && exchange.RequestHeaders.Origin.Count > 0
        && exchange.RequestHeaders.AccessControlRequestMethod.Count > 0;

    /// <summary>Answers a preflight: everything requested is allowed if the origin is.</summary>
    public Task AnswerPreflight(Exchange exchange)
    {
        var request = exchange.RequestHeaders;
        var response = exchange.ResponseHeaders;
        response.Vary = PreflightVary;
        response.CacheControl = SdkHeaders.PrivateNoCache;
        var isPublic = exchange.Route.Cors == CorsRule.Public;
        if (!Allows(request.Origin))
        {
            return ResponseWriter.WriteText(exchange, StatusCodes.Status400BadRequest, Disallowed);
        }

        if (!CanBeEchoed(request.AccessControlRequestMethod) || !CanBeEchoed(request.AccessControlRequestHeaders))
        {
            return ResponseWriter.WriteText(exchange, StatusCodes.Status400BadRequest, DisallowedRequest);
        }

        response.AccessControlAllowOrigin = isPublic && _allowsAny ? AnyOrigin : request.Origin;
        response.AccessControlAllowCredentials = isPublic ? default : True;
        response.AccessControlAllowMethods = request.AccessControlRequestMethod;
        response.AccessControlMaxAge = MaxAge;
        if (request.AccessControlRequestHeaders.Count > 0)
        {
            response.AccessControlAllowHeaders = request.AccessControlRequestHeaders;
        }

        if (isPublic)
        {
            exchange.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        return ResponseWriter.WriteText(exchange, StatusCodes.Status200OK, Ok);
    }

    /// <summary>
    /// Sets the headers of every answer, errors included: <c>Vary</c>, so that no cache shares it between origins, and the
    /// CORS headers if the request has an origin.
    /// </summary>
    public void Apply(Exchange exchange)
    {
        var headers = exchange.ResponseHeaders;
        var isOfrep = exchange.Route.Protocol == ApiProtocol.Ofrep;
        headers.Vary = isOfrep ? SdkHeaders.OfrepVary : SdkHeaders.Vary;
        headers.CacheControl = SdkHeaders.PrivateNoCache;
        if (exchange.Route.Cors == CorsRule.Public)
        {
            ApplyPublic(exchange);
            return;
        }

        var origin = exchange.RequestHeaders.Origin;
        if (origin.Count == 0)
        {
            return;
        }

        if (Allows(origin))
        {
            headers.AccessControlAllowOrigin = origin;
            headers.AccessControlAllowCredentials = True;
            headers.AccessControlExposeHeaders = isOfrep ? _ofrepExposedHeaders : _exposedHeaders;
        }
    }

    /// <summary>Sets the CORS headers of an answer for everybody: no credentials, and a star if all origins are allowed.</summary>
    private void ApplyPublic(Exchange exchange)
    {
        var origin = exchange.RequestHeaders.Origin;
        if (_allowsAny)
        {
            exchange.ResponseHeaders.AccessControlAllowOrigin = AnyOrigin;
        }
        else if (origin.Count > 0 && Allows(origin))
        {
            exchange.ResponseHeaders.AccessControlAllowOrigin = origin;
        }
    }

    private bool Allows(in StringValues origin) =>
        origin.Count == 1 && (_allowsAny ? CanBeEchoed(origin) : _origins.Contains(origin.ToString()));

    /// <summary>
    /// Determines whether values may be sent in a header of an answer: the server accepts more from clients than it sends.
    /// </summary>
    private static bool CanBeEchoed(in StringValues values)
    {
        foreach (var value in values)
        {
            if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                return false;
            }
        }

        return true;
    }
}

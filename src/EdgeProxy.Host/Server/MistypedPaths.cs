using EdgeProxy.Host.Endpoints;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Ofrep;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Server;

/// <summary>
/// Answers requests with an unknown path. Base URLs without their final slash are the most common mistake: some SDKs then
/// request <c>/api/v1flags/</c>, others <c>/api/flags/</c>; without <c>/api/v1/</c>, all request <c>/flags/</c>. Their
/// answers say so, and the log does once.
/// </summary>
internal sealed partial class MistypedPaths
{
    private const string Base = "/api/v1/";
    private const string BaseWithoutSlash = "/api/v1";
    private const string BaseWithoutVersion = "/api/";

    private static readonly string[] SdkPaths =
    [
        .. EndpointTable.Definitions.Select(static definition => definition.Path)
            .Where(static path => path.StartsWith(Base, StringComparison.Ordinal))
            .Select(static path => path[Base.Length..].TrimEnd('/')),
    ];

    private readonly OfrepOptions _ofrep;
    private readonly ILogger<MistypedPaths> _logger;
    private int _reported;

    public MistypedPaths(OfrepOptions ofrep, ILogger<MistypedPaths> logger)
    {
        _ofrep = ofrep;
        _logger = logger;
    }

    /// <summary>Answers with 404.</summary>
    public Task AnswerAsync(Exchange exchange)
    {
        if (_ofrep.IsEnabled && OfrepPaths.Contain(exchange.RawTarget))
        {
            return OfrepErrors.Write(exchange, StatusCodes.Status404NotFound, "Not Found");
        }

        if (!IsOfWrongBase(RawTarget.PathOf(exchange.RawTarget)))
        {
            return SdkErrors.NotFound(exchange);
        }

        if (Volatile.Read(ref _reported) == 0 && Interlocked.Exchange(ref _reported, 1) == 0)
        {
            Log.WrongBase(_logger);
        }

        return SdkErrors.WrongBaseUrl(exchange);
    }

    private static bool IsOfWrongBase(ReadOnlySpan<char> path) =>
        (path.StartsWith(BaseWithoutSlash, StringComparison.Ordinal) && IsSdkPath(path[BaseWithoutSlash.Length..]))
        || (path.StartsWith(BaseWithoutVersion, StringComparison.Ordinal) && IsSdkPath(path[BaseWithoutVersion.Length..]))
        || (path.StartsWith('/') && IsSdkPath(path[1..]));

    private static bool IsSdkPath(ReadOnlySpan<char> path)
    {
        path = path.TrimEnd('/');
        foreach (var known in SdkPaths)
        {
            if (path.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.WrongBaseUrl, LogLevel.Warning,
            "A client requested /api/v1flags/, /api/flags/, /flags/ or the like and got 404: its base URL does not end with /api/v1/, the final slash included. Set it to http://…/api/v1/ in the SDK's options. Logged once")]
        public static partial void WrongBase(ILogger logger);
    }
}

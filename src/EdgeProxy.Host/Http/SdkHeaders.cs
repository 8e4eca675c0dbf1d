using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Http;

/// <summary>Headers of the SDK API that the framework has no name for, and common values.</summary>
internal static class SdkHeaders
{
    /// <summary>The header of a request's key.</summary>
    public const string EnvironmentKey = "X-Environment-Key";

    /// <summary>The header of the key in requests of OpenFeature providers.</summary>
    public const string ApiKey = "X-API-Key";

    /// <summary>The time when the document of an answer changed: seconds since 1970.</summary>
    public const string DocumentUpdatedAt = "X-Flagsmith-Document-Updated-At";

    /// <summary>The revision of the document of an answer: its entity tag, without quotes.</summary>
    public const string Revision = "X-EdgeProxy-Revision";

    /// <summary>The name of the application that an SDK is part of.</summary>
    public const string ApplicationName = "Flagsmith-Application-Name";

    /// <summary>The version of the application that an SDK is part of.</summary>
    public const string ApplicationVersion = "Flagsmith-Application-Version";

    /// <summary>The user agent of an SDK in a browser, where it cannot set the usual header.</summary>
    public const string SdkUserAgent = "Flagsmith-SDK-User-Agent";

    /// <summary>The id of the last event that a client of a stream received.</summary>
    public const string LastEventId = "Last-Event-ID";

    /// <summary>The request headers that an answer depends on.</summary>
    public static readonly StringValues Vary = $"{EnvironmentKey}, Accept-Encoding, Origin";

    /// <summary>The request headers that an OFREP answer depends on.</summary>
    public static readonly StringValues OfrepVary = $"{EnvironmentKey}, {ApiKey}, Authorization, Accept-Encoding, Origin";

    /// <summary>
    /// Prevents shared caches from storing an answer, and clients from using a stored one without revalidation.
    /// </summary>
    public static readonly StringValues PrivateNoCache = "private, no-cache";

    public static readonly StringValues Close = "close";
    public static readonly StringValues NoSniff = "nosniff";
    public static readonly StringValues Json = "application/json";
    public static readonly StringValues Gzip = "gzip";
    public static readonly StringValues Brotli = "br";
}

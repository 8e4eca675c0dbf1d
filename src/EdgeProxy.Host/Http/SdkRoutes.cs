using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Http;

/// <summary>Which path leads where and takes which methods (docs/spec/sdk-api.md 1). Every path works with and without a slash at its end.</summary>
internal static class SdkRoutes
{
    private static readonly StringValues ReadOnly = "GET, HEAD";
    private static readonly StringValues ReadAndPost = "GET, HEAD, POST";

    /// <summary>Where a path leads.</summary>
    public static SdkEndpoint Find(string path) => Trim(path) switch
    {
        "/api/v1/flags" => SdkEndpoint.Flags,
        "/api/v1/identities" => SdkEndpoint.Identities,
        "/api/v1/environment-document" => SdkEndpoint.EnvironmentDocument,
        "/health" or "/proxy/health" or "/proxy/health/readiness" => SdkEndpoint.Readiness,
        "/proxy/environments" => SdkEndpoint.Environments,
        "/proxy/health/liveness" => SdkEndpoint.Liveness,
        "/metrics" => SdkEndpoint.Metrics,
        _ => SdkEndpoint.None,
    };

    /// <summary>Whether an endpoint takes a method. Methods are case-sensitive (RFC 9110, section 9.1): to the server <c>head</c> is another one.</summary>
    public static bool Takes(SdkEndpoint endpoint, string method) =>
        method == HttpMethods.Get
        || method == HttpMethods.Head
        || (endpoint == SdkEndpoint.Identities && method == HttpMethods.Post);

    /// <summary>The methods an endpoint takes, as <c>Allow</c> lists them.</summary>
    public static StringValues Allowed(SdkEndpoint endpoint) => endpoint == SdkEndpoint.Identities ? ReadAndPost : ReadOnly;

    /// <summary>What the access log calls an endpoint: its path, without what clients put into it.</summary>
    public static string NameOf(SdkEndpoint endpoint) => endpoint switch
    {
        SdkEndpoint.Flags => "/api/v1/flags/",
        SdkEndpoint.Identities => "/api/v1/identities/",
        SdkEndpoint.EnvironmentDocument => "/api/v1/environment-document/",
        SdkEndpoint.Readiness => "/proxy/health/readiness",
        SdkEndpoint.Liveness => "/proxy/health/liveness",
        SdkEndpoint.Environments => "/proxy/environments",
        SdkEndpoint.Metrics => "/metrics",
        _ => "-",
    };

    /// <summary>What the access log calls a method: clients make up others.</summary>
    public static string NameOf(string method) => method is "GET" or "POST" or "HEAD" or "OPTIONS" or "PUT" or "DELETE" or "PATCH" ? method : "-";

    private static ReadOnlySpan<char> Trim(string path) => path.Length > 1 && path[^1] == '/' ? path.AsSpan(0, path.Length - 1) : path;
}

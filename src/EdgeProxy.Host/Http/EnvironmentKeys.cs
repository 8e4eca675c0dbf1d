namespace EdgeProxy.Host.Http;

/// <summary>Finds the key of an environment in the headers of a request. Allocates nothing.</summary>
internal static class EnvironmentKeys
{
    private const string Bearer = "Bearer ";

    /// <summary>The key of a request; empty if it has none.</summary>
    /// <param name="exchange">The request, whose endpoint is known.</param>
    public static ReadOnlySpan<char> Of(Exchange exchange)
    {
        var headers = exchange.RequestHeaders;
        var key = headers[SdkHeaders.EnvironmentKey].ToString();
        return key.Length > 0 || exchange.Route.Protocol == ApiProtocol.Flagsmith ? key : OfOpenFeature(headers);
    }

    /// <summary>The headers that OpenFeature providers can be told to send (docs/spec/ofrep.md 2).</summary>
    private static ReadOnlySpan<char> OfOpenFeature(IHeaderDictionary headers)
    {
        var key = headers[SdkHeaders.ApiKey].ToString();
        if (key.Length > 0)
        {
            return key;
        }

        var authorization = headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization.AsSpan(Bearer.Length).Trim() : default;
    }
}

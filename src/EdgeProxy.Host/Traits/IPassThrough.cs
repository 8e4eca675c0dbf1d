namespace EdgeProxy.Host.Traits;

/// <summary>Passes requests through to the API. An interface, because endpoints are below <c>Upstream</c>, which implements it.</summary>
internal interface IPassThrough
{
    /// <summary>True if the API is Flagsmith's Edge API.</summary>
    bool IsEdgeApi { get; }

    /// <summary>Passes a request through.</summary>
    /// <returns>The answer; null if there was none.</returns>
    Task<PassThroughAnswer?> SendAsync(PassThroughRequest request);
}

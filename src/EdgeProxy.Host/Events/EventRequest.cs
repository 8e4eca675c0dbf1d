namespace EdgeProxy.Host.Events;

/// <summary>A request with events, as it is passed on.</summary>
/// <param name="Key">The key of the environment, as the client sent it.</param>
/// <param name="Body">The body, byte for byte.</param>
internal sealed record EventRequest(string Key, byte[] Body)
{
    /// <summary>The value of <c>Content-Type</c>; null for none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The value of <c>Content-Encoding</c>; null for none.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The value of <c>Flagsmith-SDK-User-Agent</c>; null for none.</summary>
    public string? SdkUserAgent { get; init; }

    /// <summary>The value of <c>User-Agent</c>, which goes along if there is no other; null for none.</summary>
    public string? UserAgent { get; init; }
}

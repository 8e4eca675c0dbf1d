namespace EdgeProxy.Host.Http;

/// <summary>The headers that pages of other origins need to read an answer.</summary>
internal enum CorsRule
{
    /// <summary>The origin is echoed, and credentials are allowed, as the Flagsmith Edge Proxy does.</summary>
    WithCredentials,

    /// <summary>Any allowed origin, without credentials: <c>*</c> if all are allowed.</summary>
    Public,
}

namespace EdgeProxy.Host.Http;

/// <summary>The handler of an endpoint; which of the four derived types it is determines the required access.</summary>
internal abstract class EndpointHandler
{
    private protected EndpointHandler()
    {
    }

    /// <summary>Indicates whether the endpoint exists with the settings of this process; if not, its path is 404.</summary>
    public virtual bool IsEnabled => true;
}

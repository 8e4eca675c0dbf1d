namespace EdgeProxy.Host.Http;

/// <summary>The handler of an endpoint; which of the three derived types it is determines the required access.</summary>
internal abstract class EndpointHandler
{
    private protected EndpointHandler()
    {
    }

    /// <summary>Indicates that it exists with the settings of this process; if not, its path leads nowhere.</summary>
    public virtual bool IsEnabled => true;
}

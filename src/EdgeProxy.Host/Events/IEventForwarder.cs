namespace EdgeProxy.Host.Events;

/// <summary>Passes events on. An interface, because endpoints are below <c>Upstream</c>, which implements it.</summary>
internal interface IEventForwarder
{
    /// <summary>Passes a request on, once. Never throws; the result comes on the thread pool.</summary>
    /// <returns>The answer; null if there was none.</returns>
    Task<EventAnswer?> ForwardAsync(EventRequest request);
}

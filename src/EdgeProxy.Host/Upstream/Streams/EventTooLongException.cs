namespace EdgeProxy.Host.Upstream.Streams;

/// <summary>A line or an event of a stream is longer than the limit.</summary>
internal sealed class EventTooLongException : Exception
{
    public EventTooLongException(string message)
        : base(message)
    {
    }
}

using System.Runtime.InteropServices;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Streams;

/// <summary>The streams of an environment in one format, and the event that was rendered for them last.</summary>
internal sealed class StreamFeed
{
    private readonly List<EventStream> _streams = [];
    private StreamEvent? _rendered;
    private byte[] _bytes = [];

    public StreamFeed(EnvironmentState environment, StreamFormat format)
    {
        Environment = environment;
        Format = format;
    }

    /// <summary>The environment.</summary>
    public EnvironmentState Environment { get; }

    /// <summary>The format.</summary>
    public StreamFormat Format { get; }

    /// <summary>Indicates whether the environment is no longer served.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>The open streams, in no order.</summary>
    public ReadOnlySpan<EventStream> Streams => CollectionsMarshal.AsSpan(_streams);

    /// <summary>Adds a stream.</summary>
    public void Add(EventStream stream)
    {
        stream.Feed = this;
        stream.Index = _streams.Count;
        _streams.Add(stream);
    }

    /// <summary>Removes a stream.</summary>
    public void Remove(EventStream stream)
    {
        var last = _streams[^1];
        _streams[stream.Index] = last;
        last.Index = stream.Index;
        _streams.RemoveAt(_streams.Count - 1);
        stream.Feed = null;
    }

    /// <summary>The bytes of an event, rendered once for all streams.</summary>
    public byte[] Render(StreamEvent streamEvent)
    {
        if (streamEvent != _rendered)
        {
            _bytes = Format.Render(streamEvent);
            _rendered = streamEvent;
        }

        return _bytes;
    }
}

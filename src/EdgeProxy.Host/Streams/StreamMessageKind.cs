namespace EdgeProxy.Host.Streams;

/// <summary>The kinds of messages to the thread of the streams.</summary>
internal enum StreamMessageKind
{
    /// <summary>A stream was opened.</summary>
    Opened,

    /// <summary>The client of a stream disconnected.</summary>
    Disconnected,

    /// <summary>A write that did not finish at once has finished.</summary>
    Written,

    /// <summary>The content of an environment was published.</summary>
    Published,

    /// <summary>Environments came or went.</summary>
    EnvironmentsChanged,

    /// <summary>All streams are to end within a time.</summary>
    Drain,
}

namespace EdgeProxy.Comparison.Servers;

/// <summary>A server that load is sent to.</summary>
internal interface IMeasuredServer
{
    /// <summary>The name in tables.</summary>
    string Name { get; }

    /// <summary>The address it listens on.</summary>
    Uri Address { get; }

    /// <summary>The processor time it has used so far, user and system; null where that cannot be known.</summary>
    TimeSpan? ProcessorTime { get; }
}

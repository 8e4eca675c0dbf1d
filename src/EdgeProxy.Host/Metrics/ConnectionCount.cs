using System.Diagnostics.Metrics;

namespace EdgeProxy.Host.Metrics;

/// <summary>How many connections are open, as the server says. Costs something where one opens and closes, and nothing a request.</summary>
internal sealed class ConnectionCount : IDisposable
{
    private const string ServerMeter = "Microsoft.AspNetCore.Server.Kestrel";
    private const string ActiveConnections = "kestrel.active_connections";

    private readonly MeterListener _listener = new();
    private long _open;

    /// <param name="factory">That of the server; there may be others in the process.</param>
    public ConnectionCount(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == ActiveConnections && instrument.Meter.Name == ServerMeter && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, change, _, _) => Interlocked.Add(ref _open, change));
        _listener.Start();
    }

    /// <summary>How many there are.</summary>
    public long Open => Interlocked.Read(ref _open);

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}

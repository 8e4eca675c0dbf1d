using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http.Overload;

/// <summary>The log entries about an overload.</summary>
public sealed class OverloadLogTests : IDisposable
{
    private readonly LogCollector _collector = new();
    private readonly OverloadLog _log;

    public OverloadLogTests() => _log = new OverloadLog(TimeSpan.FromMilliseconds(50), _collector.CreateLogger("overload"));

    public void Dispose() => _collector.Dispose();

    [Fact]
    public void Note_QueueButNothingRejected_Silent()
    {
        _log.Note(isOverloaded: true, shed: 0);
        _log.Note(isOverloaded: true, shed: 0);
        _log.Note(isOverloaded: false, shed: 0);

        Assert.Empty(_collector.Entries);
    }

    [Fact]
    public void Note_RequestsRejected_OneWarningAndTheirNumberAtTheEnd()
    {
        _log.Note(isOverloaded: false, shed: 7);
        _log.Note(isOverloaded: true, shed: 7);
        _log.Note(isOverloaded: true, shed: 8);
        _log.Note(isOverloaded: true, shed: 20);
        _log.Note(isOverloaded: false, shed: 21);

        Assert.Equal([EventIds.Overloaded, EventIds.OverloadEnded], _collector.Entries.Select(static entry => entry.EventId));
        Assert.Contains("50 ms", _collector.Entries.First().Message, StringComparison.Ordinal);
        Assert.Contains("14 requests", _collector.Entries.Last().Message, StringComparison.Ordinal);
    }
}

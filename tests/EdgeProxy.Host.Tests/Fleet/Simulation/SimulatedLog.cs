using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>The log of a member, with the time of the simulation: to see how something came about.</summary>
internal sealed class SimulatedLog : ILoggerFactory, ILogger
{
    private readonly SimulatedWorld _world;
    private readonly string _member;

    public SimulatedLog(SimulatedWorld world, string member)
    {
        _world = world;
        _member = member;
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider)
    {
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => _world.Tracing is not null;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (_world.Tracing is not null)
        {
            _world.Say($"{_member}: {formatter(state, exception)}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}

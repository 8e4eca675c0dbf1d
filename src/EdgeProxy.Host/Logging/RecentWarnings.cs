namespace EdgeProxy.Host.Logging;

/// <summary>The latest log entries of level WARNING and above, for operators who do not have the log at hand. Thread-safe.</summary>
internal sealed class RecentWarnings : ILoggerProvider
{
    /// <summary>The maximum number of entries.</summary>
    public const int MaxEntries = 100;

    /// <summary>The maximum length of a message.</summary>
    public const int MaxCharacters = 2000;

    private readonly Queue<WarningEntry> _entries = [];
    private readonly TimeProvider _time;

    public RecentWarnings(TimeProvider time)
    {
        _time = time;
    }

    /// <summary>The entries, the latest first.</summary>
    public IReadOnlyList<WarningEntry> All()
    {
        lock (_entries)
        {
            return [.. _entries.Reverse()];
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Collector(this);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing to release.
    }

    private void Add(LogLevel level, int eventId, string message)
    {
        var entry = new WarningEntry(_time.GetUtcNow(), level, eventId, message.Length > MaxCharacters ? $"{message.AsSpan(0, MaxCharacters)}…" : message);
        lock (_entries)
        {
            _entries.Enqueue(entry);
            if (_entries.Count > MaxEntries)
            {
                _entries.Dequeue();
            }
        }
    }

    private sealed class Collector : ILogger
    {
        private readonly RecentWarnings _warnings;

        public Collector(RecentWarnings warnings)
        {
            _warnings = warnings;
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                _warnings.Add(logLevel, eventId.Id, formatter(state, exception));
            }
        }
    }
}

namespace EdgeProxy.Host.Testing;

/// <summary>
/// A clock that only moves when a test moves it. Its timestamps tick at an odd rate, so that code that mixes units up
/// fails. Timers go by the time that passed; the clock on the wall can be set apart from it.
/// </summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private const long Frequency = 3_000_000;

    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _wallAtStart = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private TimeSpan _elapsed;

    /// <inheritdoc/>
    public override long TimestampFrequency => Frequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _wallAtStart + _elapsed;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return (long)(_elapsed.TotalSeconds * Frequency);
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, and fires what becomes due on the way, in order.</summary>
    public void Advance(TimeSpan time)
    {
        TimeSpan end;
        lock (_lock)
        {
            end = _elapsed + time;
        }

        while (true)
        {
            ManualTimer? due;
            lock (_lock)
            {
                due = _timers.Where(timer => timer.Due <= end).MinBy(static timer => timer.Due);
                var next = due?.Due ?? end;
                if (next > _elapsed)
                {
                    _elapsed = next;
                }

                due?.Rearm_NeedsLock();
            }

            if (due is null)
            {
                return;
            }

            due.Fire();
        }
    }

    /// <summary>Moves the clock just to where the next timer is due, if there is one.</summary>
    /// <returns>The time by which it moved.</returns>
    public TimeSpan AdvanceToNextTimer()
    {
        TimeSpan wait;
        lock (_lock)
        {
            wait = _timers.Select(timer => timer.Due - _elapsed).DefaultIfEmpty().Min();
        }

        Advance(wait);
        return wait;
    }

    /// <summary>Moves the clock, step by step, until something holds; not if it does already.</summary>
    /// <param name="step">The step of the clock, far shorter than any time that must not pass meanwhile: how many it takes depends on the machine.</param>
    /// <param name="holds">The condition.</param>
    /// <param name="what">The condition in words.</param>
    public Task AdvanceUntilAsync(TimeSpan step, Func<bool> holds, string what) => Patience.UntilAsync(
        () =>
        {
            if (holds())
            {
                return true;
            }

            Advance(step);
            return false;
        },
        what);

    /// <summary>Sets the clock on the wall, as an operator or a time service does. No time passes by it.</summary>
    public void SetUtcNow(DateTimeOffset now)
    {
        lock (_lock)
        {
            _wallAtStart = now - _elapsed;
        }
    }

    /// <summary>Waits until somebody waits for about that long, so that moving the clock wakes them.</summary>
    /// <param name="atLeast">The shortest wait that counts.</param>
    /// <param name="atMost">The longest wait that counts.</param>
    public Task WaitForWaiterAsync(TimeSpan atLeast, TimeSpan atMost) => Patience.UntilAsync(
        () =>
        {
            lock (_lock)
            {
                return _timers.Exists(timer => timer.Due - _elapsed >= atLeast && timer.Due - _elapsed <= atMost);
            }
        },
        $"a timer of {atLeast} to {atMost}");

    private sealed class ManualTimer : ITimer
    {
        private readonly ManualTimeProvider _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private TimeSpan _period;

        public ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state)
        {
            _clock = clock;
            _callback = callback;
            _state = state;
        }

        public TimeSpan Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_clock._lock)
            {
                _clock._timers.Remove(this);
                _period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = _clock._elapsed + dueTime;
                    _clock._timers.Add(this);
                }
            }

            return true;
        }

        public void Rearm_NeedsLock()
        {
            if (_period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero)
            {
                _clock._timers.Remove(this);
            }
            else
            {
                Due += _period;
            }
        }

        public void Fire() => _callback(_state);

        public void Dispose()
        {
            lock (_clock._lock)
            {
                _clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>
/// Virtual time, and the order of everything that happens in it: what is to be done at once, in the order in which it was
/// asked for, and then the next timer. One thread, no real clock.
/// </summary>
internal sealed class SimulatedClock
{
    private readonly Queue<(SimulatedContext Context, SendOrPostCallback Callback, object? State)> _ready = new();
    private readonly PriorityQueue<(VirtualTimer Timer, int Generation), (long Due, long Order)> _timers = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _order;

    /// <summary>The time that has passed, in ticks.</summary>
    public long Now { get; private set; }

    /// <summary>The number of steps so far.</summary>
    public long Steps { get; private set; }

    /// <summary>The clock as a member sees it.</summary>
    /// <param name="skew">The deviation of its wall clock.</param>
    public TimeProvider For(TimeSpan skew) => new View(this, skew);

    /// <summary>Queues a callback.</summary>
    public void Post(SimulatedContext context, SendOrPostCallback callback, object? state)
    {
        // A thread of its own would make the order a matter of chance. Compared by hand: this runs tens of millions of times.
        if (_thread != Environment.CurrentManagedThreadId)
        {
            Assert.Fail("Something runs on a thread of its own.");
        }

        _ready.Enqueue((context, callback, state));
    }

    /// <summary>Runs until a time.</summary>
    public void RunUntil(TimeSpan end)
    {
        while (true)
        {
            while (_ready.TryDequeue(out var next))
            {
                Run(next.Context, next.Callback, next.State);
            }

            if (!_timers.TryPeek(out var first, out var due) || due.Due > end.Ticks)
            {
                Now = end.Ticks;
                return;
            }

            _timers.Dequeue();
            if (first.Timer.IsCurrent(first.Generation))
            {
                Now = Math.Max(Now, due.Due);
                Run(first.Timer.Context, VirtualTimer.Fire, first.Timer);
            }
        }
    }

    private void Run(SimulatedContext context, SendOrPostCallback callback, object? state)
    {
        if (context.IsDead)
        {
            return;
        }

        Steps++;
        SynchronizationContext.SetSynchronizationContext(context);
        callback(state);
        context.AfterStep?.Invoke();
    }

    private void Schedule(VirtualTimer timer, int generation, long due) => _timers.Enqueue((timer, generation), (due, _order++));

    private sealed class View : TimeProvider
    {
        private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

        private readonly SimulatedClock _clock;
        private readonly TimeSpan _skew;

        public View(SimulatedClock clock, TimeSpan skew)
        {
            _clock = clock;
            _skew = skew;
        }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _clock.Now;

        public override DateTimeOffset GetUtcNow() => Start.AddTicks(_clock.Now) + _skew;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new VirtualTimer(_clock, callback, state);
            timer.Change(dueTime, period);
            return timer;
        }
    }

    private sealed class VirtualTimer : ITimer
    {
        public static readonly SendOrPostCallback Fire = static state => ((VirtualTimer)state!).OnDue();

        private readonly SimulatedClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private int _generation;

        public VirtualTimer(SimulatedClock clock, TimerCallback callback, object? state)
        {
            _clock = clock;
            _callback = callback;
            _state = state;
            Context = (SimulatedContext)SynchronizationContext.Current!;
        }

        public SimulatedContext Context { get; }

        public bool IsCurrent(int generation) => generation == _generation;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan)
            {
                Assert.Fail("Timers that repeat are not simulated.");
            }

            _generation++;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                _clock.Schedule(this, _generation, _clock.Now + dueTime.Ticks);
            }

            return true;
        }

        public void Dispose() => _generation++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void OnDue()
        {
            _generation++;
            _callback(_state);
        }
    }
}

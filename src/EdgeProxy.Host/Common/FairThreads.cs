namespace EdgeProxy.Host.Common;

/// <summary>
/// A few threads for long-running jobs, and their queue. The time that a job takes is charged to its tenant, and the tenant
/// with the smallest charge is next: heavy tenants wait, and others do not.
/// </summary>
internal sealed class FairThreads : IDisposable
{
    private const int MaxWaiting = 1000;

    // The weight of the latest job in the average: 1/8.
    private const int AverageShift = 3;

    private readonly BackgroundThreads _threads;
    private readonly Dictionary<object, Tenant> _tenants = new(ReferenceEqualityComparer.Instance);
    private readonly int _threadCount;
    private readonly long _maxWait;
    private readonly TimeProvider _time;

    /// <param name="name">The name of the threads.</param>
    /// <param name="threadCount">The number of threads.</param>
    /// <param name="maxWait">The maximum time in the queue; a job that would wait longer is rejected.</param>
    /// <param name="time">The clock.</param>
    public FairThreads(string name, int threadCount, TimeSpan maxWait, TimeProvider time)
    {
        _threads = new BackgroundThreads(name, threadCount, static () => { });
        _threadCount = threadCount;
        _maxWait = (long)(maxWait.TotalSeconds * time.TimestampFrequency);
        _time = time;
    }

    /// <summary>Queues a job, unless its tenant's queue is so long that it would wait too long.</summary>
    /// <param name="tenant">The tenant that the job's time is charged to.</param>
    /// <param name="job">The job, which must not throw.</param>
    /// <returns>True if the job was accepted.</returns>
    public bool TryAdd(object tenant, Action job)
    {
        lock (_tenants)
        {
            if (!_tenants.TryGetValue(tenant, out var state))
            {
                // A tenant that is new, or returns, starts at the current level, and gets no credit for the time before.
                state = new Tenant { Charged = _tenants.Count == 0 ? 0 : _tenants.Values.Min(static other => other.Charged) };
                _tenants.Add(tenant, state);
            }
            else if (state.Waiting.Count == MaxWaiting || state.Waiting.Count * state.AverageTicks * _tenants.Count > _maxWait * _threadCount)
            {
                return false;
            }

            state.Waiting.Enqueue(job);
        }

        _threads.Add(RunNext);
        return true;
    }

    /// <summary>Lets the threads end when the queue is empty.</summary>
    public void Dispose() => _threads.Dispose();

    private void RunNext()
    {
        object tenant;
        Tenant state;
        Action job;
        lock (_tenants)
        {
            // As many turns were queued as jobs, so at least one job is waiting.
            (tenant, state) = _tenants.Where(static entry => entry.Value.Waiting.Count > 0).MinBy(static entry => entry.Value.Charged);
            job = state.Waiting.Dequeue();
            state.Running++;
        }

        var started = _time.GetTimestamp();
        job();
        var elapsed = Math.Max(1, _time.GetTimestamp() - started);
        lock (_tenants)
        {
            state.Running--;
            state.Charged += elapsed;
            state.AverageTicks += (elapsed - state.AverageTicks) >> (state.AverageTicks == 0 ? 0 : AverageShift);
            if (state.Waiting.Count == 0 && state.Running == 0)
            {
                _tenants.Remove(tenant);
            }
        }
    }

    private sealed class Tenant
    {
        public Queue<Action> Waiting { get; } = new();

        public long Charged { get; set; }

        public long AverageTicks { get; set; }

        public int Running { get; set; }
    }
}

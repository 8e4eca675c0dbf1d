namespace EdgeProxy.Host.Common;

/// <summary>A few threads, started on demand, with a queue of jobs.</summary>
internal sealed class BackgroundThreads : IDisposable
{
    private readonly string _name;
    private int _most;
    private readonly Action _enter;
    private readonly Queue<Action> _waiting = [];
    private int _threads;
    private int _unfinished;
    private bool _isDisposed;

    /// <param name="name">The name of the threads.</param>
    /// <param name="most">The maximum number of threads.</param>
    /// <param name="enter">Called on each thread first.</param>
    public BackgroundThreads(string name, int most, Action enter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        _name = name;
        _most = most;
        _enter = enter;
    }

    /// <summary>Starts one thread now, if there is none, instead of with the first job.</summary>
    public void Start()
    {
        lock (_waiting)
        {
            if (_threads == 0)
            {
                StartThread();
            }
        }
    }

    /// <summary>Queues a job, which must not throw.</summary>
    public void Add(Action job)
    {
        lock (_waiting)
        {
            _waiting.Enqueue(job);
            _unfinished++;
            if (_threads < Math.Min(_unfinished, _most))
            {
                StartThread();
            }
            else
            {
                Monitor.Pulse(_waiting);
            }
        }
    }

    /// <summary>Changes the number of threads, for jobs that block a thread longer than they should.</summary>
    public void SetExtra(int change)
    {
        lock (_waiting)
        {
            _most += change;
            if (_waiting.Count > 0 && _threads < Math.Min(_unfinished, _most))
            {
                StartThread();
            }
        }
    }

    /// <summary>Lets the threads end when the queue is empty. Does not wait for them.</summary>
    public void Dispose()
    {
        lock (_waiting)
        {
            _isDisposed = true;
            Monitor.PulseAll(_waiting);
        }
    }

    private void StartThread()
    {
        _threads++;
        new Thread(Work) { Name = _name, IsBackground = true }.UnsafeStart();
    }

    private void Work()
    {
        _enter();
        while (Next() is { } job)
        {
            job();
            lock (_waiting)
            {
                _unfinished--;
            }
        }
    }

    /// <summary>Takes the next job from the queue; waits for one; null after disposal.</summary>
    private Action? Next()
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0)
            {
                if (_isDisposed)
                {
                    _threads--;
                    return null;
                }

                Monitor.Wait(_waiting);
            }

            return _waiting.Dequeue();
        }
    }
}

namespace EdgeProxy.Host.Common;

/// <summary>A few threads, started on demand, with a queue of jobs.</summary>
internal sealed class BackgroundThreads : IDisposable
{
    private readonly string _name;
    private readonly Action _enter;
    private readonly Queue<Action> _waiting = [];
    private int _maxThreads;
    private int _threads;
    private int _unfinished;
    private bool _isDisposed;

    /// <param name="name">The name of the threads.</param>
    /// <param name="maxThreads">The maximum number of threads.</param>
    /// <param name="enter">Called on each thread first.</param>
    public BackgroundThreads(string name, int maxThreads, Action enter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxThreads, 1);
        _name = name;
        _maxThreads = maxThreads;
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
            if (_threads < Math.Min(_unfinished, _maxThreads))
            {
                StartThread();
            }
            else
            {
                Monitor.Pulse(_waiting);
            }
        }
    }

    /// <summary>Raises or lowers the maximum number of threads. A thread over the maximum ends after its job.</summary>
    public void ChangeMaximum(int change)
    {
        lock (_waiting)
        {
            _maxThreads += change;
            if (_waiting.Count > 0 && _threads < Math.Min(_unfinished, _maxThreads))
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
            while (_waiting.Count == 0 && !_isDisposed && _threads <= _maxThreads)
            {
                Monitor.Wait(_waiting);
            }

            if (_threads <= _maxThreads && _waiting.TryDequeue(out var job))
            {
                return job;
            }

            // A thread over the maximum may have been woken for a job, which another one takes then.
            _threads--;
            Monitor.Pulse(_waiting);
            return null;
        }
    }
}

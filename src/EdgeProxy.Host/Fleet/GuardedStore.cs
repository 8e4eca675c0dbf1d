using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Fleet;

/// <summary>
/// Guards the store for other components: every operation ends within the timeout, and a failure is a result. Nothing else
/// in the proxy changes while the store is unavailable.
/// </summary>
internal sealed class GuardedStore
{
    private readonly IFleetStore _store;
    private readonly TimeSpan _timeout;
    private readonly StoreTroubleLog _trouble;
    private readonly TimeProvider _time;

    /// <param name="store">The store.</param>
    /// <param name="address">Its address, without the password.</param>
    /// <param name="timeout">The timeout of an operation.</param>
    /// <param name="metrics">Counts operations.</param>
    /// <param name="trouble">Logs failures.</param>
    /// <param name="time">The clock.</param>
    public GuardedStore(IFleetStore store, string address, TimeSpan timeout, FleetMetrics metrics, StoreTroubleLog trouble, TimeProvider time)
    {
        _store = store;
        Address = address;
        _timeout = timeout;
        Metrics = metrics;
        _trouble = trouble;
        _time = time;
    }

    /// <summary>Raised when a lost connection is restored.</summary>
    public event EventHandler? Restored
    {
        add => _store.Restored += value;
        remove => _store.Restored -= value;
    }

    /// <summary>The address, without the password.</summary>
    public string Address { get; }

    /// <summary>The counters.</summary>
    public FleetMetrics Metrics { get; }

    /// <summary>The time when operations began to fail; null if none does.</summary>
    public DateTimeOffset? AwaySince => _trouble.Since;

    /// <summary>The reason of the last failure; null if no operation fails.</summary>
    public string? Problem => _trouble.Problem;

    /// <summary>Performs an operation.</summary>
    /// <param name="operation">The kind of operation.</param>
    /// <param name="scope">
    /// The subject, such as an environment; one may fail while others do not, such as a key of a wrong type. Null if a failure
    /// does not say that the store cannot be used.
    /// </param>
    /// <param name="perform">The operation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async Task<StoreResult<T>> TryAsync<T>(StoreOperation operation, string? scope, Func<IFleetStore, Task<T>> perform, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        try
        {
            var value = await perform(_store).WaitAsync(_timeout, _time, cancellationToken);
            Metrics.Performed(operation, hasSucceeded: true, _time.GetElapsedTime(started));
            if (scope is not null)
            {
                _trouble.Succeeded(scope);
            }

            return new StoreResult<T>(true, value);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // Catches everything: without the store each instance works by itself.
            Metrics.Performed(operation, hasSucceeded: false, _time.GetElapsedTime(started));
            var problem = _store.Describe(exception);
            if (scope is not null)
            {
                _trouble.Failed(scope, problem);
            }

            return new StoreResult<T>(false, default!, problem);
        }
    }

    /// <summary>Subscribes to announced revisions of an environment.</summary>
    public void Subscribe(string id, Action<string> announced) => _store.Subscribe(id, announced);

    /// <summary>Ends a subscription.</summary>
    public void Unsubscribe(string id)
    {
        _trouble.Succeeded(id);
        _store.Unsubscribe(id);
    }
}

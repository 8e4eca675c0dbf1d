using EdgeProxy.Host.Common;
using StackExchange.Redis;

namespace EdgeProxy.Host.Fleet.Redis;

/// <summary>
/// The connection to the server. It is opened in the background, with retries until it succeeds; from then on the client
/// library restores it.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private static readonly TimeSpan MinRetry = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan MaxRetry = TimeSpan.FromSeconds(5);

    private readonly ConfigurationOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource<ConnectionMultiplexer> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _connecting;
    private volatile string? _problem;

    public RedisConnection(FleetAddress address, TimeSpan timeout, TimeProvider time)
    {
        _options = OptionsOf(address, timeout);
        _time = time;
        _connecting = Task.Run(ConnectAsync);
    }

    /// <summary>Raised when a lost connection is restored.</summary>
    public event EventHandler? Restored;

    /// <summary>Waits for the connection.</summary>
    public Task<ConnectionMultiplexer> Connected => _connected.Task;

    /// <summary>The reason why there is no connection yet; null if it is not known.</summary>
    public string? Problem => _problem;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _connecting;
        if (_connected.Task.IsCompletedSuccessfully)
        {
            await (await _connected.Task).DisposeAsync();
        }

        _end.Dispose();
    }

    /// <summary>The client library's options for an address.</summary>
    public static ConfigurationOptions OptionsOf(FleetAddress address, TimeSpan timeout)
    {
        var milliseconds = (int)Math.Min(timeout.TotalMilliseconds, int.MaxValue);
        var options = new ConfigurationOptions
        {
            AbortOnConnectFail = false,
            AllowAdmin = false,
            AsyncTimeout = milliseconds,
            BacklogPolicy = BacklogPolicy.FailFast, // operations that waited for a connection would be out of date
            ClientName = $"EdgeProxy-{ProgramVersion.Text}",
            ConnectTimeout = milliseconds,
            DefaultDatabase = address.Database,
            HeartbeatInterval = TimeSpan.FromSeconds(1),
            Password = address.Password,
            ReconnectRetryPolicy = new ExponentialRetry((int)MinRetry.TotalMilliseconds, (int)MaxRetry.TotalMilliseconds),
            ServiceName = address.Sentinel,
            Ssl = address.IsTls,
            User = address.User,
        };
        foreach (var host in address.Hosts)
        {
            options.EndPoints.Add(host);
        }

        return options;
    }

    private async Task ConnectAsync()
    {
        var retry = MinRetry;
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var connection = await ConnectionMultiplexer.ConnectAsync(_options);
                _problem = null; // of an earlier attempt
                connection.ConnectionRestored += (_, change) =>
                {
                    _problem = null;
                    Restored?.Invoke(this, EventArgs.Empty);
                };
                connection.ConnectionFailed += (_, change) => _problem = RedisFailure.Describe(change.Exception) ?? RedisFailure.Describe(change.FailureType);
                _connected.TrySetResult(connection);
                return;
            }
            catch (Exception exception)
            {
                // Catches everything: there is no store until this succeeds.
                _problem = RedisFailure.Describe(exception);
            }

            await Task.Delay(retry * (0.5 + (0.5 * Random.Shared.NextDouble())), _time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            retry = retry * 2 < MaxRetry ? retry * 2 : MaxRetry;
        }

        _connected.TrySetCanceled();
    }
}

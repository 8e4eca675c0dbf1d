using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// Which environments there are, and which key opens which. Requests read one table, which is replaced as a whole when
/// environments or keys come and go.
/// </summary>
internal sealed class EnvironmentRegistry
{
    private readonly IReadOnlyList<EnvironmentState> _offline;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private IReadOnlyList<EnvironmentState> _configured;
    private IReadOnlyList<EnvironmentState> _discovered = [];
    private volatile Table _table;

    /// <param name="environments">Those that are offline or configured.</param>
    /// <param name="time">The clock that keys expire by.</param>
    /// <exception cref="ArgumentException">Two environments share a key.</exception>
    public EnvironmentRegistry(IReadOnlyList<EnvironmentState> environments, TimeProvider time)
    {
        _offline = [.. environments.Where(static environment => environment.IsOffline)];
        _configured = [.. environments.Where(static environment => !environment.IsOffline)];
        _time = time;
        _table = new Table(environments, []);
    }

    /// <summary>Raised after <see cref="Environments"/> changed, on the thread that changed them.</summary>
    public event EventHandler? Changed;

    /// <summary>All environments, as they are now.</summary>
    public IReadOnlyList<EnvironmentState> Environments => _table.Environments;

    /// <summary>Whether it was said, be it once, which environments come and go.</summary>
    public bool HasDiscovered { get; private set; }

    /// <summary>What a key opens; null if nothing.</summary>
    public KeyBinding? Find(string key) =>
        _table.Keys.TryGetValue(key, out var binding) && (binding.ExpiresAt is not { } end || _time.GetUtcNow() < end) ? binding : null;

    /// <summary>Replaces the environments that were found, from the next request on.</summary>
    /// <param name="discovered">
    /// All there are now. One that stays must be the same object, with its keys as they are now. One that has a key of an
    /// offline or a configured one is left out as long as it has.
    /// </param>
    public void SetDiscovered(IEnumerable<EnvironmentState> discovered)
    {
        lock (_lock)
        {
            _discovered = [.. discovered];
            HasDiscovered = true;
            Rebuild_NeedsLock();
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Replaces the environments that are configured, from the next request on.</summary>
    /// <param name="configured">All there are now. One that stays must be the same object, with its keys as they are now.</param>
    /// <exception cref="ArgumentException">Two environments share a key; nothing was replaced.</exception>
    public void SetConfigured(IEnumerable<EnvironmentState> configured)
    {
        lock (_lock)
        {
            var before = _configured;
            _configured = [.. configured];
            try
            {
                Rebuild_NeedsLock();
            }
            catch (ArgumentException)
            {
                _configured = before;
                throw;
            }
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    private void Rebuild_NeedsLock() => _table = new Table([.. _offline, .. _configured], _discovered);

    private sealed class Table
    {
        public Table(IReadOnlyList<EnvironmentState> lasting, IReadOnlyList<EnvironmentState> discovered)
        {
            foreach (var environment in lasting)
            {
                Add(environment);
            }

            // Of those that were found, one that shares a key comes after whoever has it: it is not let in.
            EnvironmentState[] others = [.. discovered.Where(environment => !KeysOf(environment).Any(Keys.ContainsKey))];
            foreach (var environment in others)
            {
                Add(environment);
            }

            Environments = [.. lasting, .. others];
        }

        public IReadOnlyList<EnvironmentState> Environments { get; }

        public Dictionary<string, KeyBinding> Keys { get; } = new(new KeyComparer());

        /// <summary>When the last of its server-side keys expires: without one an environment is not served, to clients neither.</summary>
        private static DateTimeOffset? EndOf(EnvironmentState environment) =>
            environment.ServerSideKeys.All(static key => key.ExpiresAt is not null) ? environment.ServerSideKeys.Max(static key => key.ExpiresAt) : null;

        private static IEnumerable<string> KeysOf(EnvironmentState environment) =>
            environment.ServerSideKeys.Select(static key => key.Key).Prepend(environment.ClientSideKey);

        private void Add(EnvironmentState environment)
        {
            Add(environment.ClientSideKey, new KeyBinding(environment, FlagAudience.Client, EndOf(environment)));
            foreach (var key in environment.ServerSideKeys)
            {
                Add(key.Key, new KeyBinding(environment, FlagAudience.Server, key.ExpiresAt));
            }
        }

        private void Add(string key, KeyBinding binding)
        {
            if (!Keys.TryAdd(key, binding))
            {
                throw new ArgumentException($"The key {KeyMask.Mask(key)} belongs to two environments.", nameof(key));
            }
        }
    }
}

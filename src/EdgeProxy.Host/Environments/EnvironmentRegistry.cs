using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// The environments, and the keys that give access to them. Requests read one table, which is replaced as a whole when
/// environments or keys change.
/// </summary>
internal sealed class EnvironmentRegistry
{
    private readonly IReadOnlyList<EnvironmentState> _offline;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private IReadOnlyList<EnvironmentState> _configured;
    private IReadOnlyList<EnvironmentState> _discovered = [];
    private volatile Table _table;

    /// <param name="environments">The offline and configured environments.</param>
    /// <param name="time">The clock for the expiry of keys.</param>
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

    /// <summary>All current environments.</summary>
    public IReadOnlyList<EnvironmentState> Environments => _table.Environments;

    /// <summary>Indicates whether discovery has succeeded at least once.</summary>
    public bool HasDiscovered { get; private set; }

    /// <summary>Looks up a key; null if it is unknown.</summary>
    public KeyBinding? Find(ReadOnlySpan<char> key) =>
        _table.Lookup.TryGetValue(key, out var binding) && (binding.ExpiresAt is not { } end || _time.GetUtcNow() < end) ? binding : null;

    /// <summary>Replaces the discovered environments, effective with the next request.</summary>
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

    /// <summary>Replaces the configured environments, effective with the next request.</summary>
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
        private readonly Dictionary<string, KeyBinding> _keys = new(new KeyComparer());

        public Table(IReadOnlyList<EnvironmentState> lasting, IReadOnlyList<EnvironmentState> discovered)
        {
            foreach (var environment in lasting)
            {
                Add(environment);
            }

            // A discovered environment that shares a key with an earlier one is left out.
            EnvironmentState[] others = [.. discovered.Where(environment => !KeysOf(environment).Any(_keys.ContainsKey))];
            foreach (var environment in others)
            {
                Add(environment);
            }

            Environments = [.. lasting, .. others];
            Lookup = _keys.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public IReadOnlyList<EnvironmentState> Environments { get; }

        /// <summary>The environments by their keys.</summary>
        public Dictionary<string, KeyBinding>.AlternateLookup<ReadOnlySpan<char>> Lookup { get; }

        /// <summary>
        /// The time when the last of its server-side keys expires: without one an environment is not served, not even to
        /// clients.
        /// </summary>
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
            if (!_keys.TryAdd(key, binding))
            {
                throw new ArgumentException($"The key {KeyMask.Mask(key)} belongs to two environments.", nameof(key));
            }
        }
    }
}

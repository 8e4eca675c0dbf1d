using EdgeProxy.Engine.Rendering;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// Which environments there are, and which key opens which. Requests read one table, which is replaced as a whole when
/// environments or keys come and go.
/// </summary>
internal sealed class EnvironmentRegistry
{
    private readonly IReadOnlyList<EnvironmentState> _lasting;
    private readonly TimeProvider _time;
    private volatile Table _table;

    /// <param name="environments">Those that are there as long as the proxy runs.</param>
    /// <param name="time">The clock that keys expire by.</param>
    /// <exception cref="ArgumentException">Two environments share a key.</exception>
    public EnvironmentRegistry(IReadOnlyList<EnvironmentState> environments, TimeProvider time)
    {
        _lasting = environments;
        _time = time;
        _table = new Table(environments);
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

    /// <summary>Replaces the environments that come and go, from the next request on. One thread at a time.</summary>
    /// <param name="discovered">All there are now. One that stays must be the same object, with its keys as they are now.</param>
    /// <exception cref="ArgumentException">Two environments share a key; nothing was replaced.</exception>
    public void SetDiscovered(IEnumerable<EnvironmentState> discovered)
    {
        _table = new Table([.. _lasting, .. discovered]);
        HasDiscovered = true;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    private sealed class Table
    {
        public Table(IReadOnlyList<EnvironmentState> environments)
        {
            Environments = environments;
            foreach (var environment in environments)
            {
                Add(environment.ClientSideKey, new KeyBinding(environment, FlagAudience.Client, EndOf(environment)));
                foreach (var key in environment.ServerSideKeys)
                {
                    Add(key.Key, new KeyBinding(environment, FlagAudience.Server, key.ExpiresAt));
                }
            }
        }

        public IReadOnlyList<EnvironmentState> Environments { get; }

        public Dictionary<string, KeyBinding> Keys { get; } = new(new KeyComparer());

        /// <summary>When the last of its server-side keys expires: without one an environment is not served, to clients neither.</summary>
        private static DateTimeOffset? EndOf(EnvironmentState environment) =>
            environment.ServerSideKeys.All(static key => key.ExpiresAt is not null) ? environment.ServerSideKeys.Max(static key => key.ExpiresAt) : null;

        private void Add(string key, KeyBinding binding)
        {
            if (!Keys.TryAdd(key, binding))
            {
                throw new ArgumentException($"The key {KeyMask.Mask(key)} belongs to two environments.", nameof(key));
            }
        }
    }
}

using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Fleet;

/// <summary>Options of a fleet: instances that share a store.</summary>
internal sealed record FleetOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<FleetOptions> Settings = new(
        new TypedSetting<FleetOptions, string?>("fleet.store", new TextForm(), static o => o.Store, static (o, v) => o with { Store = v })
        {
            IsSecret = true,
            Meaning = "the Redis, Valkey or Garnet server that instances share documents through: `redis://` or `rediss://` (TLS), `[user:password@]host[:port][,host:port…][/database]`; `?sentinel=NAME` asks Sentinels for the master. Without it each instance is on its own",
        },
        new TypedSetting<FleetOptions, string?>("fleet.prefix", new TextForm(), static o => o.Prefix, static (o, v) => o with { Prefix = v ?? o.Prefix })
        {
            Meaning = "the beginning of all names in the store, so that several fleets can share one",
        },
        new TypedSetting<FleetOptions, TimeSpan>("fleet.timeout_seconds", new SecondsForm(), static o => o.Timeout, static (o, v) => o with { Timeout = v })
        {
            Unit = "seconds",
            Meaning = "the timeout of one operation of the store, and the longest that the start waits for it. No request waits for the store, except `GET /proxy/fleet`",
        },
        new TypedSetting<FleetOptions, string?>("fleet.instance_name", new TextForm(), static o => o.InstanceName, static (o, v) => o with { InstanceName = v })
        {
            Meaning = "the name of this instance among the members of the fleet; must be unique. Default: the name of the host and a random suffix",
        },
        new TypedSetting<FleetOptions, FleetPolling>(
            "fleet.poll",
            new ChoiceForm<FleetPolling>(("lease", FleetPolling.Lease), ("all", FleetPolling.All), ("never", FleetPolling.Never)),
            static o => o.Poll,
            static (o, v) => o with { Poll = v })
        {
            Meaning = "who polls the API while the store is there: for each environment the instance that holds its lease (`lease`), every instance (`all`), or not this one, which then needs no access to the API (`never`)",
        },
        new TypedSetting<FleetOptions, bool>("fleet.remember_traits", new BooleanForm(), static o => o.RemembersTraits, static (o, v) => o with { RemembersTraits = v })
        {
            Meaning = "with `trait_forwarding.enabled`, whether the store remembers which identities and traits the API accepted, as keyed hashes and for `trait_forwarding.dedupe_ttl_seconds`, so that the fleet forwards them once and not once for each instance",
        });

    /// <summary>The address of the store; null for none.</summary>
    public string? Store { get; init; }

    /// <summary>The beginning of all names in the store.</summary>
    public string Prefix { get; init; } = "edgeproxy";

    /// <summary>The timeout of one operation of the store.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The name of this instance; null to generate one.</summary>
    public string? InstanceName { get; init; }

    /// <summary>The members that poll the upstream.</summary>
    public FleetPolling Poll { get; init; }

    /// <summary>True to remember in the store which traits the API confirmed.</summary>
    public bool RemembersTraits { get; init; } = true;
}

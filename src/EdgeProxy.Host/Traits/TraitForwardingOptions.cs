using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Traits;

/// <summary>Options of trait forwarding.</summary>
internal sealed record TraitForwardingOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<TraitForwardingOptions> Settings = new(
        new TypedSetting<TraitForwardingOptions, bool>("trait_forwarding.enabled", new BooleanForm(), static o => o.IsEnabled, static (o, v) => o with { IsEnabled = v })
        {
            Meaning = "whether identities and the traits that SDKs send are forwarded to the API, which stores them; each forwarded identity is one billable API call",
        },
        new TypedSetting<TraitForwardingOptions, ForwardedIdentities>(
            "trait_forwarding.identities",
            new ChoiceForm<ForwardedIdentities>(("with_traits", ForwardedIdentities.WithTraits), ("all", ForwardedIdentities.All)),
            static o => o.Identities,
            static (o, v) => o with { Identities = v })
        {
            Meaning = "which identities are forwarded: those whose request has a trait to store, or all, those of `GET` requests included",
        },
        new TypedSetting<TraitForwardingOptions, int>(
            "trait_forwarding.max_per_second", new IntegerForm(1, 100_000), static o => o.MaxPerSecond, static (o, v) => o with { MaxPerSecond = v })
        {
            Meaning = "the largest number of identities sent to the API per second",
        },
        new TypedSetting<TraitForwardingOptions, int>(
            "trait_forwarding.max_concurrent", new IntegerForm(1, 256), static o => o.MaxConcurrent, static (o, v) => o with { MaxConcurrent = v })
        {
            Meaning = "the largest number of identities sent to the API at the same time",
        },
        new TypedSetting<TraitForwardingOptions, int>(
            "trait_forwarding.queue_size", new IntegerForm(1, 1_000_000), static o => o.QueueSize, static (o, v) => o with { QueueSize = v })
        {
            Meaning = "the largest number of identities that wait to be sent; further ones are dropped and counted. Independent of it, the queue has at most 64 MiB",
        },
        new TypedSetting<TraitForwardingOptions, TimeSpan>(
            "trait_forwarding.dedupe_ttl_seconds", new SecondsForm(zeroAllowed: true), static o => o.DedupeLifetime, static (o, v) => o with { DedupeLifetime = v })
        {
            Unit = "seconds",
            Meaning = "how long after the API accepted an identity the same identity with the same traits is not sent again; 0: it is always sent",
        },
        new TypedSetting<TraitForwardingOptions, int>(
            "trait_forwarding.dedupe_size", new IntegerForm(1, 10_000_000), static o => o.DedupeSize, static (o, v) => o with { DedupeSize = v })
        {
            Meaning = "the number of identities, most recent first, whose accepted traits are known; about 100 bytes each",
        },
        new TypedSetting<TraitForwardingOptions, BulkIdentities>(
            "trait_forwarding.bulk_identities",
            new ChoiceForm<BulkIdentities>(("auto", BulkIdentities.Auto), ("true", BulkIdentities.Always), ("false", BulkIdentities.Never)),
            static o => o.BulkIdentities,
            static (o, v) => o with { BulkIdentities = v })
        {
            Meaning = "whether `/bulk-identities/` is passed through to the API; `auto`: if the host of `api_url` ends in `edge.api.flagsmith.com`, since a self-hosted API does not have it",
        });

    /// <summary>True to forward identities and traits.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>The identities that are forwarded.</summary>
    public ForwardedIdentities Identities { get; init; }

    /// <summary>The largest number of calls per second. Default 50.</summary>
    public int MaxPerSecond { get; init; } = 50;

    /// <summary>The largest number of calls at the same time. Default 8.</summary>
    public int MaxConcurrent { get; init; } = 8;

    /// <summary>The largest number of waiting calls. Default 10,000.</summary>
    public int QueueSize { get; init; } = 10_000;

    /// <summary>The time for which a confirmed call is not repeated. Default 1 h; 0 to repeat it always.</summary>
    public TimeSpan DedupeLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The largest number of confirmed calls that are known. Default 100,000.</summary>
    public int DedupeSize { get; init; } = 100_000;

    /// <summary>The rule for <c>/bulk-identities/</c>.</summary>
    public BulkIdentities BulkIdentities { get; init; }
}

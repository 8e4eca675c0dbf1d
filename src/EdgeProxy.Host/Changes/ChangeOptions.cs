using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Changes;

/// <summary>Options of changes: the sample with which their effect is measured, and the hold.</summary>
internal sealed record ChangeOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<ChangeOptions> Settings = new(
        new TypedSetting<ChangeOptions, int>(
            "changes.sample_identities", new IntegerForm(0, 10_000), static o => o.SampleIdentities, static (o, v) => o with { SampleIdentities = v })
        {
            Unit = "identities",
            Meaning = "the identities of each environment that are kept in memory, identifier and traits, to measure for how many a new version changes the answer; 0 to keep none. Each takes 2 KB. They are never logged and never on disk",
        },
        new TypedSetting<ChangeOptions, int?>(
            "changes.hold_above_percent",
            new OptionalForm<int>(new IntegerForm(0, 99)),
            static o => o.HoldAbovePercent,
            static (o, v) => o with { HoldAbovePercent = v })
        {
            Unit = "percent",
            Meaning = "hold a new version that gives more than this share of the sampled identities another answer to any one feature, and go on serving the one before it, until an operator releases it (`POST /proxy/environments/<client-side key>/release`); null: never. Needs `changes.sample_identities`",
        },
        new TypedSetting<ChangeOptions, TimeSpan?>(
            "changes.hold_seconds", new OptionalForm<TimeSpan>(new SecondsForm()), static o => o.HoldTime, static (o, v) => o with { HoldTime = v })
        {
            Unit = "seconds",
            Meaning = "the time after which a held version is released without an operator; null: never",
        });

    /// <summary>The maximum number of sampled identities of each environment; 0 for none. Default 0.</summary>
    public int SampleIdentities { get; init; }

    /// <summary>The share of the sample above which a version is held, in percent; null to hold none. Default null.</summary>
    public int? HoldAbovePercent { get; init; }

    /// <summary>The time after which a held version is released; null if only an operator does. Default null.</summary>
    public TimeSpan? HoldTime { get; init; }
}

using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Analytics;

/// <summary>Options of flag analytics.</summary>
internal sealed record AnalyticsOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<AnalyticsOptions> Settings = new(
        new TypedSetting<AnalyticsOptions, bool>("analytics.enabled", new BooleanForm(), static o => o.IsEnabled, static (o, v) => o with { IsEnabled = v })
        {
            Meaning = "whether the evaluations that SDKs count are forwarded to the API; if not, SDKs get the same answers and the counts are discarded",
        },
        new TypedSetting<AnalyticsOptions, int>(
            "analytics.flush_interval_seconds", new IntegerForm(1, 600), static o => o.FlushIntervalSeconds, static (o, v) => o with { FlushIntervalSeconds = v })
        {
            Unit = "seconds",
            Meaning = "the interval at which counts are sent to the API, give or take a tenth",
        },
        new TypedSetting<AnalyticsOptions, int>("analytics.max_labels", new IntegerForm(0, 10_000), static o => o.MaxLabels, static (o, v) => o with { MaxLabels = v })
        {
            Meaning = "the largest number of combinations of application name, application version and SDK that are counted apart in one environment; counts of further ones are sent without labels",
        },
        new TypedSetting<AnalyticsOptions, int>(
            "analytics.max_feature_series", new IntegerForm(0, 10_000), static o => o.MaxFeatureSeries, static (o, v) => o with { MaxFeatureSeries = v })
        {
            Meaning = "the largest number of features of one environment whose evaluations are metrics of their own (`edgeproxy_feature_evaluations_total`); further features are added up; 0: none",
        });

    /// <summary>True to forward counts, false to discard them.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>The interval between two flushes, in seconds. Default 10; 1 to 600.</summary>
    public int FlushIntervalSeconds { get; init; } = 10;

    /// <summary>The interval between two flushes.</summary>
    public TimeSpan FlushInterval => TimeSpan.FromSeconds(FlushIntervalSeconds);

    /// <summary>The largest number of features of an environment with a metric of their own. Default 0, for no such metric.</summary>
    public int MaxFeatureSeries { get; init; }

    /// <summary>The largest number of label sets of an environment. Default 100.</summary>
    public int MaxLabels { get; init; } = 100;
}

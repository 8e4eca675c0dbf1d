using EdgeProxy.Host.Analytics;

namespace EdgeProxy.Host.Operations.Exposition;

/// <content>Metrics of flag analytics.</content>
internal sealed partial class MetricCatalog
{
    private IEnumerable<MetricFamily> Analytics() =>
    [
        new("edgeproxy_analytics_entries_total", MetricKind.Counter,
            "names with a count in requests of SDKs, by what became of them: `accepted`, `not_integer`, `not_positive`, `invalid_name`, `unknown_feature` or `no_room` (too many names before the document is loaded)",
            ["outcome"],
            () => Enum.GetValues<EntryOutcome>().Select(outcome => new MetricSample(_analytics.Entries(outcome), NameOf(outcome)))),
        Single("edgeproxy_analytics_unlabelled_requests_total", MetricKind.Counter,
            "requests whose labels were dropped, because the environment has `analytics.max_labels` sets of labels already", () => _analytics.UnlabelledRequests),
        Single("edgeproxy_analytics_waiting_evaluations", MetricKind.Gauge, "evaluations that SDKs counted and that are not sent to the API yet", () => _flagCounts.Waiting),
        new("edgeproxy_feature_evaluations_total", MetricKind.Counter,
            "evaluations that SDKs counted, by feature; only with `analytics.max_feature_series`, features beyond it with an empty label", [.. EnvironmentLabels, "feature"], FeatureEvaluations),
        new("edgeproxy_analytics_flushes_total", MetricKind.Counter,
            "requests with counts to the API, by what became of them: `sent`, `failed` (the counts are sent again) or `rejected` (they are lost)",
            ["outcome"],
            () => Enum.GetValues<FlushOutcome>().Select(outcome => new MetricSample(_analytics.Flushes(outcome), NameOf(outcome)))),
        Single("edgeproxy_analytics_restored_evaluations_total", MetricKind.Counter,
            "evaluations that an earlier process could not send and left in `snapshot_directory`", () => _analytics.Restored),
        new("edgeproxy_analytics_lost_evaluations_total", MetricKind.Counter,
            "accepted evaluations that did not reach the API: `rejected` by it, of an `unknown_feature`, as the document told later, or waiting at `shutdown`",
            ["reason"],
            () => Enum.GetValues<LossReason>().Select(reason => new MetricSample(_analytics.Lost(reason), NameOf(reason)))),
    ];

    private IEnumerable<MetricSample> FeatureEvaluations()
    {
        if (_analyticsOptions.MaxFeatureSeries == 0)
        {
            yield break;
        }

        foreach (var environment in _registry.Environments)
        {
            if (_flagCounts.Find(environment.ClientSideKey) is not { } counts)
            {
                continue;
            }

            var labels = LabelsOf(environment);
            var features = counts.EvaluationsByFeature();
            foreach (var (feature, evaluations) in features.Take(_analyticsOptions.MaxFeatureSeries))
            {
                yield return new MetricSample(evaluations, [.. labels, feature]);
            }

            if (features.Count > _analyticsOptions.MaxFeatureSeries)
            {
                yield return new MetricSample(features.Skip(_analyticsOptions.MaxFeatureSeries).Sum(static feature => feature.Evaluations), [.. labels, ""]);
            }
        }
    }

    private static string NameOf(EntryOutcome outcome) => outcome switch
    {
        EntryOutcome.Accepted => "accepted",
        EntryOutcome.NotInteger => "not_integer",
        EntryOutcome.NotPositive => "not_positive",
        EntryOutcome.InvalidName => "invalid_name",
        EntryOutcome.UnknownFeature => "unknown_feature",
        _ => "no_room",
    };

    private static string NameOf(FlushOutcome outcome) => outcome switch
    {
        FlushOutcome.Sent => "sent",
        FlushOutcome.Failed => "failed",
        _ => "rejected",
    };

    private static string NameOf(LossReason reason) => reason switch
    {
        LossReason.Rejected => "rejected",
        LossReason.UnknownFeature => "unknown_feature",
        _ => "shutdown",
    };
}

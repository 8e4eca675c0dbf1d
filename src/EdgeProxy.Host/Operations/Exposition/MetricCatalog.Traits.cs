using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Operations.Exposition;

/// <content>Metrics of trait forwarding.</content>
internal sealed partial class MetricCatalog
{
    private IEnumerable<MetricFamily> Traits() =>
    [
        Single("edgeproxy_traits_qualified_identities_total", MetricKind.Counter, "identities of requests that were to be forwarded to the API, one for each request", () => _traitMetrics.Qualified),
        Single("edgeproxy_traits_merged_identities_total", MetricKind.Counter, "qualified identities that were merged into one that waited already", () => _traitMetrics.Merged),
        Single("edgeproxy_traits_deduplicated_identities_total", MetricKind.Counter, "identities that were not sent, because the API had accepted the same traits before", () => _traitMetrics.Deduplicated),
        Single("edgeproxy_traits_remembered_identities_total", MetricKind.Counter, "deduplicated identities whose traits the store of the fleet remembered: this instance or another one had sent them", () => _traitMetrics.Remembered),
        Single("edgeproxy_traits_invalid_keys_total", MetricKind.Counter, "traits that were left out, because the API rejects their keys: blank, or longer than 200 characters", () => _traitMetrics.InvalidTraits),
        Single("edgeproxy_traits_waiting_identities", MetricKind.Gauge, "identities that wait to be sent to the API, or are being sent", () => _traits.Count),
        Single("edgeproxy_traits_waiting_bytes", MetricKind.Gauge, "memory that waiting identities take, about", () => _traits.Bytes),
        Single("edgeproxy_traits_oldest_waiting_seconds", MetricKind.Gauge, "age of the oldest waiting identity; 0 if none waits", () => _traits.OldestAge.TotalSeconds),
        new("edgeproxy_traits_calls_total", MetricKind.Counter,
            "calls to the API, by what became of them: `confirmed`, `rate_limited` (429), `failed` (408, 425, 5xx), `no_answer`, `refused` (401, 403) or `rejected` (any other status)",
            ["outcome"],
            () => Enum.GetValues<TraitCallOutcome>().Select(outcome => new MetricSample(_traitMetrics.Calls(outcome), NameOf(outcome)))),
        new("edgeproxy_traits_lost_identities_total", MetricKind.Counter,
            "qualified identities that did not reach the API: `buffer_full` (more requests at once than are looked at), `queue_full`, `too_large` (traits of more than 32 KiB), `refused` (the API refuses a key of the environment), `rejected` by it, `expired` (failed for 10 minutes), or waiting at `shutdown`",
            ["reason"],
            () => Enum.GetValues<TraitLoss>().Select(reason => new MetricSample(_traitMetrics.Lost(reason), NameOf(reason)))),
    ];

    private static string NameOf(TraitCallOutcome outcome) => outcome switch
    {
        TraitCallOutcome.Confirmed => "confirmed",
        TraitCallOutcome.RateLimited => "rate_limited",
        TraitCallOutcome.Failed => "failed",
        TraitCallOutcome.NoAnswer => "no_answer",
        TraitCallOutcome.Refused => "refused",
        _ => "rejected",
    };

    private static string NameOf(TraitLoss reason) => reason switch
    {
        TraitLoss.BufferFull => "buffer_full",
        TraitLoss.QueueFull => "queue_full",
        TraitLoss.TooLarge => "too_large",
        TraitLoss.Refused => "refused",
        TraitLoss.Rejected => "rejected",
        TraitLoss.Expired => "expired",
        _ => "shutdown",
    };
}

using EdgeProxy.Host.Events;

namespace EdgeProxy.Host.Operations.Exposition;

/// <content>Metrics of experiment events.</content>
internal sealed partial class MetricCatalog
{
    private IEnumerable<MetricFamily> Events() =>
    [
        new("edgeproxy_events_requests_total", MetricKind.Counter,
            "requests with experiment events, by what became of them: `accepted` by the service, `rejected` by it (the client got its answer), `failed` (it did not answer; the client got 503) or `refused` (too many at once; the client got 503)",
            ["outcome"],
            () => Enum.GetValues<EventOutcome>().Select(outcome => new MetricSample(_events.Requests(outcome), NameOf(outcome)))),
    ];

    private static string NameOf(EventOutcome outcome) => outcome switch
    {
        EventOutcome.Accepted => "accepted",
        EventOutcome.Rejected => "rejected",
        EventOutcome.Failed => "failed",
        _ => "refused",
    };
}

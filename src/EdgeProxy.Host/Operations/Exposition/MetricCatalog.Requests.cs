using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Operations.Exposition;

/// <content>Metrics of requests.</content>
internal sealed partial class MetricCatalog
{
    /// <summary>The name of the counter of requests.</summary>
    public const string RequestsName = "edgeproxy_requests_total";

    private static readonly string[] NoEnvironment = ["", ""];

    /// <summary>The number of requests answered since the start, of all endpoints and environments.</summary>
    public long CountRequests() => (long)CollectRequests().Sum(static sample => sample.Value);

    private IEnumerable<MetricFamily> Requests() =>
    [
        new(RequestsName, MetricKind.Counter,
            "requests answered. Without an environment: health, metrics, unknown keys (401), `preflight`; endpoint `none`: unknown paths",
            ["environment", "environment_key", "endpoint", "status"], CollectRequests),
        new("edgeproxy_request_duration_seconds", MetricKind.Histogram,
            "time from a request's head to the last byte of its answer, of every status, in buckets from 50 µs to 5 s",
            ["endpoint"], CollectDurations),
        PerEnvironment("edgeproxy_identities_evaluated_total", MetricKind.Counter, "identities whose flags were decided",
            static environment => environment.Metrics.IdentitiesEvaluated),
        PerEnvironment("edgeproxy_aborted_evaluations_total", MetricKind.Counter,
            "identities whose evaluation ran out of steps: expensive conditions counted as false, and the log says which",
            static environment => environment.Metrics.AbortedEvaluations),
        Single("edgeproxy_ofrep_not_modified_total", MetricKind.Counter, "OFREP requests for all flags that were answered with 304", () => _server.OfrepNotModified),
        Single("edgeproxy_ofrep_refetches_behind_total", MetricKind.Counter,
            "OFREP requests for a revision of an environment that another instance serves already", () => _server.RefetchesBehind),
    ];

    private IEnumerable<MetricSample> CollectRequests()
    {
        foreach (var sample in Samples(_server.Requests, NoEnvironment))
        {
            yield return sample;
        }

        foreach (var environment in _registry.Environments)
        {
            foreach (var sample in Samples(environment.Metrics.Requests, LabelsOf(environment)))
            {
                yield return sample;
            }
        }
    }

    private static IEnumerable<MetricSample> Samples(RequestCounts counts, string[] environment) => counts.All().Select(
        counted => new MetricSample(counted.Count, [.. environment, counted.Endpoint.Name, counted.Status]));

    private IEnumerable<MetricSample> CollectDurations()
    {
        foreach (var endpoint in _server.Durations.Endpoints)
        {
            // The sum first: if a request ends in between, the mean is too low by it and not too high.
            var sum = _server.Durations.SumOf(endpoint);
            var buckets = _server.Durations.BucketsOf(endpoint);
            foreach (var sample in HistogramOf(sum, buckets, DurationBuckets.Seconds, endpoint.Name))
            {
                yield return sample;
            }
        }
    }

    private static IEnumerable<MetricSample> HistogramOf(double sum, long[] buckets, double[] bounds, params string[] labels)
    {
        var below = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            below += buckets[i];
            yield return new MetricSample(below, labels) { Suffix = "_bucket", Bound = i < bounds.Length ? bounds[i] : double.PositiveInfinity };
        }

        yield return new MetricSample(sum, labels) { Suffix = "_sum" };
        yield return new MetricSample(below, labels) { Suffix = "_count" };
    }
}

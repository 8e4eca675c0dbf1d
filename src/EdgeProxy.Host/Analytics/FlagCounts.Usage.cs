using System.Text;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Host.Analytics;

/// <content>The number and the latest time of evaluations of each feature, for operators. Costs requests nothing: recorded when counts are taken.</content>
internal sealed partial class FlagCounts
{
    private readonly Dictionary<FeatureName, FeatureUsage> _usage = new(FeatureNameComparer.Instance);

    /// <summary>The time since which evaluations are counted.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>Indicates whether an evaluation of any feature was counted.</summary>
    public bool IsUsed
    {
        get
        {
            lock (_moving)
            {
                NoteWaiting();
                return _usage.Count > 0;
            }
        }
    }

    /// <summary>The evaluations by feature, in the order in which features were first counted, those that wait included.</summary>
    public IReadOnlyList<(string Feature, long Evaluations)> EvaluationsByFeature()
    {
        lock (_moving)
        {
            NoteWaiting();
            return [.. _usage.Select(static feature => (feature.Key.ToString(), feature.Value.Evaluations))];
        }
    }

    /// <summary>The features of an environment that no evaluation was counted of since a time.</summary>
    public IReadOnlyList<string> FeaturesWithout(EnvironmentSnapshot snapshot, DateTimeOffset since)
    {
        lock (_moving)
        {
            NoteWaiting();
            var usage = _usage.GetAlternateLookup<ReadOnlySpan<byte>>();
            var names = new List<string>();
            for (var feature = 0; feature < snapshot.FeatureCount; feature++)
            {
                var name = snapshot.FeatureName(feature);
                if (!usage.TryGetValue(name, out var used) || used.Latest < since)
                {
                    names.Add(Encoding.UTF8.GetString(name));
                }
            }

            return names;
        }
    }

    /// <summary>Notes the counts that no flush took yet, as if one did.</summary>
    private void NoteWaiting()
    {
        CollectSums(forgets: false);
        foreach (var bucket in Buckets)
        {
            foreach (var (name, cell) in bucket.Cells)
            {
                Note(name, cell.NoteWaiting());
            }
        }
    }

    private void Note(FeatureName name, long evaluations)
    {
        // Only names of the document: clients could send any number of others.
        if (evaluations == 0 || _index is not { } index || !index.Snapshot.HasFeature(name.Utf8))
        {
            return;
        }

        if (!_usage.TryGetValue(name, out var usage))
        {
            _usage.Add(name, usage = new FeatureUsage());
        }

        usage.Evaluations += evaluations;
        usage.Latest = _time.GetUtcNow();
    }
}

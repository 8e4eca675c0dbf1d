using System.Text;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Host.Analytics;

/// <content>Evaluations by identity and state, of the second version of the route.</content>
internal sealed partial class FlagCounts
{
    private readonly EvaluationCounts _evaluations = new();

    /// <summary>Adds evaluations.</summary>
    /// <param name="key">The combination, with the name as it came.</param>
    /// <param name="count">The count, from 1 to <see cref="MaxCount"/>.</param>
    /// <param name="snapshot">The environment; null if it is not loaded yet.</param>
    public EntryOutcome Add(in EvaluationKey key, long count, EnvironmentSnapshot? snapshot)
    {
        if (snapshot is null)
        {
            return _evaluations.TryAdd(key, count, isFeature: false) ? EntryOutcome.Accepted : EntryOutcome.NoRoom;
        }

        if (RealName(key.Feature, snapshot) is not { } real)
        {
            return EntryOutcome.UnknownFeature;
        }

        _evaluations.TryAdd(key with { Feature = real }, count, isFeature: true);
        return EntryOutcome.Accepted;
    }

    /// <summary>Takes the evaluations that wait, a request after the other; what is taken and not sent must be added back.</summary>
    /// <param name="snapshot">The environment; null if it is not loaded yet.</param>
    public IEnumerable<EvaluationBatch> TakeEvaluations(EnvironmentSnapshot? snapshot)
    {
        foreach (var entries in Resolved(snapshot).Chunk(FlagCountBatch.MaxNames))
        {
            yield return new EvaluationBatch(entries);
        }
    }

    private IEnumerable<KeyValuePair<EvaluationKey, long>> Resolved(EnvironmentSnapshot? snapshot)
    {
        foreach (var (key, count) in _evaluations.Take(MaxCount))
        {
            var real = snapshot is null ? key.Feature : RealName(key.Feature, snapshot);
            if (real is null)
            {
                _metrics.CountLost(LossReason.UnknownFeature, count);
                continue;
            }

            yield return new(key with { Feature = real }, count);
        }
    }

    private string? RealName(string name, EnvironmentSnapshot snapshot)
    {
        var utf8 = Encoding.UTF8.GetBytes(name);
        var real = IndexOf(snapshot).Resolve(utf8);
        return real.IsEmpty ? null
            : real.SequenceEqual(utf8) ? name
            : Encoding.UTF8.GetString(real);
    }
}

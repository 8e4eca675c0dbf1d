using System.Text;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Tests.Fleet.Simulation;

/// <summary>The API: every document that it ever had, and replicas of which one lags.</summary>
internal sealed class SimulatedUpstream
{
    /// <summary>The longest time that a replica lags: less than three polls, or it would look like a rollback.</summary>
    public static readonly TimeSpan MaxLag = TimeSpan.FromSeconds(12);

    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<Edition> _editions = [];
    private readonly Dictionary<string, List<int>> _indexes = new(StringComparer.Ordinal);
    private readonly SimulatedClock _clock;
    private readonly Random _random;

    public SimulatedUpstream(SimulatedClock clock, Random random)
    {
        _clock = clock;
        _random = random;
        Change(isSameTime: false);
    }

    /// <summary>Indicates whether requests fail.</summary>
    public bool IsDown { get; set; }

    /// <summary>Indicates whether one replica lags.</summary>
    public bool HasLag { get; set; }

    /// <summary>The number of requests.</summary>
    public int Requests { get; set; }

    /// <summary>The latest document.</summary>
    public Edition Latest => _editions[^1];

    /// <summary>The number of documents.</summary>
    public int Count => _editions.Count;

    /// <summary>Changes the document.</summary>
    /// <param name="isSameTime">True to leave its time of change as it was; every replica has it then at once.</param>
    public void Change(bool isSameTime)
    {
        var at = isSameTime ? Latest.UpdatedAt : Start.AddTicks(_clock.Now);
        var text = $$$"""
            {"id":1,"api_key":"env","name":"Simulated","updated_at":"{{{at:yyyy-MM-ddTHH:mm:ss.ffffff}}}Z","allow_client_traits":true,
            "feature_states":[{"feature":{"id":1,"name":"plain","type":"STANDARD"},"enabled":true,"feature_state_value":"{{{_editions.Count}}}","featurestate_uuid":"a","multivariate_feature_state_values":[],"django_id":1}],
            "project":{"id":1,"name":"P","hide_disabled_flags":false,"segments":[]}}
            """;
        Add(Encoding.UTF8.GetBytes(text), at, isInstant: isSameTime);
    }

    /// <summary>
    /// Restores an earlier document, as a restored database would. Not one whose time another document has: to a member that
    /// served the other one only, it is no rollback but a change.
    /// </summary>
    public void RollBack()
    {
        var earlier = _editions[Math.Max(0, _editions.Count - 2 - _random.Next(2))];
        if (earlier.Revision != Latest.Revision && _editions.Count(edition => edition.UpdatedAt == earlier.UpdatedAt) == 1)
        {
            Add(earlier.Content, earlier.UpdatedAt, isInstant: false);
        }
    }

    /// <summary>The document that a request gets.</summary>
    public Edition Answer()
    {
        Requests++;
        if (!HasLag || _random.NextDouble() < 0.7)
        {
            return Latest;
        }

        var seen = _clock.Now - (long)(MaxLag.Ticks * _random.NextDouble());
        for (var i = _editions.Count - 1; i > 0; i--)
        {
            if (_editions[i].IsInstant || _editions[i].At <= seen)
            {
                return _editions[i];
            }
        }

        return _editions[0];
    }

    /// <summary>The first place in the history, from one on, at which a document stood; null if there is none.</summary>
    /// <param name="revision">The revision of the document.</param>
    /// <param name="from">The first place that counts.</param>
    public int? IndexOf(string revision, int from)
    {
        foreach (var index in _indexes.GetValueOrDefault(revision) ?? [])
        {
            if (index >= from)
            {
                return index;
            }
        }

        return null;
    }

    private void Add(byte[] content, DateTimeOffset updatedAt, bool isInstant)
    {
        var edition = new Edition(content, DocumentPosition.RevisionOf(content), updatedAt, _clock.Now, isInstant);
        if (!_indexes.TryGetValue(edition.Revision, out var indexes))
        {
            _indexes[edition.Revision] = indexes = [];
        }

        indexes.Add(_editions.Count);
        _editions.Add(edition);
    }

    /// <summary>A document at a place in the history.</summary>
    internal sealed record Edition(byte[] Content, string Revision, DateTimeOffset UpdatedAt, long At, bool IsInstant);
}

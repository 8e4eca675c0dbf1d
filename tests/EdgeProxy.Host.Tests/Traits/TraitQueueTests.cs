using System.Text;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Tests.Traits;

/// <summary>Merging, deduplication and bounds of the queue (docs/spec/traits.md 2.3 and 2.4).</summary>
public sealed partial class TraitQueueTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly TraitMetrics _metrics = new();
    private readonly TraitSources _sources = new();
    private readonly TraitSource _client;
    private readonly TraitSource _server;

    public TraitQueueTests()
    {
        _client = _sources.Of("key", "key");
        _server = _sources.Of("ser.key", "key");
    }

    [Fact]
    public void Next_SeveralRequests_OneCallWithTheNewestValues()
    {
        var queue = Create();
        Add(queue, _client, "bob", ("plan", "\"free\""), ("age", "1"));
        Add(queue, _client, "bob", ("plan", "\"pro\""));
        Add(queue, _client, "bob", ("pl\\u0061n", "null"), ("zip", "\"x\""));

        Assert.Equal("""{"identifier":"bob","traits":[{"trait_key":"age","trait_value":1},{"trait_key":"plan","trait_value":null},{"trait_key":"zip","trait_value":"x"}]}""", Body(queue.Next(isLast: false)));
        Assert.Null(queue.Next(isLast: false));
        Assert.Equal(2, _metrics.Merged);
    }

    [Fact]
    public void Add_ConfirmedTraits_NotSentAgain()
    {
        var queue = Create();
        Confirm(queue, "basic");
        Assert.Null(Sent(queue, "basic"));
        Assert.NotNull(Sent(queue, "pro"));
        Assert.NotNull(Sent(queue, "basic"));
        Assert.Equal(1, _metrics.Deduplicated);

        Add(queue, _client, "bob", ("plan", "\"basic\""), ("age", "1"));
        queue.Confirm(queue.Next(isLast: false)!);
        Assert.NotNull(Sent(queue, "basic"));
        Assert.Equal((0, 0L), (queue.Count, queue.Bytes));
    }

    [Fact]
    public void Add_SameTraitsInAnotherOrderOrEnvironment_OnlyTheFirstIsKnown()
    {
        var queue = Create();
        Add(queue, _client, "bob", ("a", "1"), ("b", "2"));
        queue.Confirm(queue.Next(isLast: false)!);

        Add(queue, _server, "bob", ("b", "2"), ("a", "1"));
        Assert.Null(queue.Next(isLast: false));
        Add(queue, _sources.Of("other", "other"), "bob", ("a", "1"), ("b", "2"));
        Assert.Equal("other", queue.Next(isLast: false)?.Source.Key);
    }

    [Fact]
    public void Add_ConfirmationTooOld_SentAgain()
    {
        var queue = Create(new TraitForwardingOptions { IsEnabled = true, DedupeLifetime = TimeSpan.FromSeconds(10) });
        Confirm(queue, "pro");
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Null(Sent(queue, "pro"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(Sent(queue, "pro"));
    }

    [Fact]
    public void Next_RequestWhileInFlight_SentAfterwards()
    {
        var queue = Create();
        Add(queue, _client, "bob", ("plan", "1"));
        var first = queue.Next(isLast: false)!;
        Add(queue, _client, "bob", ("plan", "2"));
        Assert.Null(queue.Next(isLast: false));

        queue.Confirm(first);

        Assert.Contains(":2}", Body(queue.Next(isLast: false)), StringComparison.Ordinal);
    }

    [Fact]
    public void Retry_NewerRequestMeanwhile_MergedAndLater()
    {
        var queue = Create();
        Add(queue, _client, "bob", ("plan", "1"), ("age", "5"));
        var call = queue.Next(isLast: false)!;
        Add(queue, _client, "bob", ("plan", "2"));
        queue.Retry(call, TimeSpan.FromSeconds(2));
        Assert.Equal(1, queue.Count);
        Assert.Null(queue.Next(isLast: false));

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("""{"identifier":"bob","traits":[{"trait_key":"age","trait_value":5},{"trait_key":"plan","trait_value":2}]}""", Body(queue.Next(isLast: false)));
    }

    [Fact]
    public void Retry_FailedForTenMinutes_Dropped()
    {
        var queue = Create();
        Add(queue, _client, "bob", ("plan", "1"));
        for (var minute = 0; minute < 10; minute++)
        {
            queue.Retry(queue.Next(isLast: false)!, TimeSpan.FromMinutes(1));
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        queue.Retry(queue.Next(isLast: false)!, TimeSpan.FromMinutes(1));

        Assert.Equal((0, 0L, 1L), (queue.Count, queue.Bytes, _metrics.Lost(TraitLoss.Expired)));
    }

    [Fact]
    public void Next_BothKindsOfKeys_TwoCallsAndTheNewestValueArrivesLast()
    {
        var queue = Create();
        Add(queue, _client, "bob", ("plan", "1"), ("client", "1"));
        Add(queue, _server, "bob", ("plan", "2"), ("server", "2"));
        Add(queue, _client, "bob", ("server", "3"));

        var first = queue.Next(isLast: false)!;
        Assert.Equal("ser.key {\"identifier\":\"bob\",\"traits\":[{\"trait_key\":\"plan\",\"trait_value\":2},{\"trait_key\":\"server\",\"trait_value\":2}]}", $"{first.Source.Key} {Body(first)}");
        Assert.Null(queue.Next(isLast: false));
        queue.Confirm(first);
        var second = queue.Next(isLast: false)!;
        Assert.Equal("key {\"identifier\":\"bob\",\"traits\":[{\"trait_key\":\"client\",\"trait_value\":1},{\"trait_key\":\"server\",\"trait_value\":3}]}", $"{second.Source.Key} {Body(second)}");
    }

    [Fact]
    public void Add_RepeatedAfterTheOtherKindOfKey_HasItsEffectAgain()
    {
        var queue = Create();
        Add(queue, _server, "bob", ("plan", "1"));
        Add(queue, _client, "bob", ("plan", "2"));
        Add(queue, _server, "bob", ("plan", "1"));
        Add(queue, _server, "bob", ("plan", "1"));
        queue.Confirm(queue.Next(isLast: false)!);
        Assert.Null(queue.Next(isLast: false));

        Add(queue, _client, "eve", ("plan", "1"));
        Add(queue, _server, "eve", ("plan", "2"));
        Add(queue, _client, "eve", ("plan", "1"));
        queue.Confirm(queue.Next(isLast: false)!);
        Assert.Contains(":1}", Body(queue.Next(isLast: false)), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_RepeatedWithOtherSpelling_NotSentAgain()
    {
        var queue = Create();
        Add(queue, _client, "bob", ("a", "1"), ("b", "2"));
        queue.Confirm(queue.Next(isLast: false)!);
        foreach (var _ in (int[])[1, 2])
        {
            Add(queue, _client, "b\\u006fb", ("b", "2"), ("a", "1"));
            Add(queue, _client, "bob", ("a", "1"), ("b", "2"));
        }

        Assert.Equal((0, 4L), (queue.Count, _metrics.Deduplicated));
        Add(queue, _client, "bob", ("a", "1"), ("b", "3"));
        Add(queue, _client, "bob", ("a", "1"), ("b", "2"));
        Assert.Null(queue.Next(isLast: false)); // the API still has what it confirmed
        Assert.Equal((0, 0L, 5L), (queue.Count, queue.Bytes, _metrics.Deduplicated));
    }

    [Fact]
    public void Retry_ClientCallThatAServerRequestSuperseded_NotSent()
    {
        var queue = Create();
        Add(queue, _client, "bob", ("plan", "1"));
        var call = queue.Next(isLast: false)!;
        Add(queue, _server, "bob", ("plan", "2"));
        queue.Retry(call, TimeSpan.Zero);

        var only = queue.Next(isLast: false)!;
        Assert.Equal("ser.key", only.Source.Key);
        queue.Confirm(only);
        Assert.Null(queue.Next(isLast: false));
        Assert.Equal((0, 0L), (queue.Count, queue.Bytes));
    }

    [Fact]
    public void Add_ManyIdentitiesWithLongIdentifiers_Bounded()
    {
        const int Identities = 200_000;
        var padding = new string('x', 1990);
        var queue = Create(new TraitForwardingOptions { IsEnabled = true, QueueSize = 1_000_000 });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Identities; i++)
        {
            Add(queue, _client, $"{i}{padding}", ("plan", "\"some text of usual length\""));
        }

        Assert.InRange(queue.Bytes, TraitQueue.MaxBytes - 10_000, TraitQueue.MaxBytes);
        Assert.Equal(Identities, queue.Count + _metrics.Lost(TraitLoss.QueueFull));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, 1.5 * TraitQueue.MaxBytes);
        GC.KeepAlive(queue);
    }

    [Fact]
    public void Add_QueueFull_OnlyIdentitiesThatWaitAreTaken()
    {
        var queue = Create(new TraitForwardingOptions { IsEnabled = true, QueueSize = 2 });
        Add(queue, _client, "one", ("t", "1"));
        Add(queue, _client, "two", ("t", "1"));
        Add(queue, _client, "three", ("t", "1"));
        Add(queue, _client, "two", ("t", "2"));

        Assert.Equal((2, 1L, 1L), (queue.Count, _metrics.Lost(TraitLoss.QueueFull), _metrics.Merged));
        queue.Confirm(queue.Next(isLast: false)!);
        Assert.Contains("\"two\",\"traits\":[{\"trait_key\":\"t\",\"trait_value\":2}]", Body(queue.Next(isLast: false)), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_MoreAndMoreTraitsOfOneIdentity_TheNewestStay()
    {
        var queue = Create();
        for (var i = 0; i < 100; i++)
        {
            Add(queue, _client, "bob", ($"trait {i}", $"\"{new string('v', 1000)}\""));
        }

        Assert.True(queue.Bytes < 2 * TraitIntake.MaxTraitBytes);
        Assert.InRange(_metrics.Lost(TraitLoss.TooLarge), 1, 4);
        Assert.Contains("\"trait 99\"", Body(queue.Next(isLast: false)), StringComparison.Ordinal);
    }

    [Fact]
    public void OldestAge_Waiting_SinceTheFirstRequest()
    {
        var queue = Create();
        Assert.Equal(TimeSpan.Zero, queue.OldestAge);
        Add(queue, _client, "bob", ("t", "1"));
        _time.Advance(TimeSpan.FromSeconds(3));
        Add(queue, _client, "bob", ("t", "2"));
        Add(queue, _client, "eve", ("t", "2"));
        Assert.Equal(3, queue.OldestAge.TotalSeconds, 0.01);
        queue.Confirm(queue.Next(isLast: false)!);
        Assert.Equal(0, queue.OldestAge.TotalSeconds, 0.01);
    }

    [Fact]
    public void Pause_Refused_NothingNewIsQueued()
    {
        var queue = Create();
        Add(queue, _client, "one", ("t", "1"));
        queue.Pause(_client.Environment, TimeSpan.FromMinutes(5), isRefused: true);
        Add(queue, _client, "two", ("t", "1"));
        Assert.Null(queue.Next(isLast: false));
        Assert.Equal((1, 1L), (queue.Count, _metrics.Lost(TraitLoss.Refused)));

        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.NotNull(queue.Next(isLast: false));
        Add(queue, _client, "two", ("t", "1"));
        Assert.NotNull(queue.Next(isLast: false));
    }

    private TraitQueue Create(TraitForwardingOptions? options = null) => new(options ?? new TraitForwardingOptions { IsEnabled = true }, _metrics, _time);

    private static string Body(PendingCall? call) => Encoding.UTF8.GetString(Assert.IsType<PendingCall>(call).ToBody());

    private void Confirm(TraitQueue queue, string plan) => Assert.NotNull(Sent(queue, plan));

    /// <summary>Adds a request, and confirms the call for it, if there is one.</summary>
    private PendingCall? Sent(TraitQueue queue, string plan)
    {
        Add(queue, _client, "bob", ("plan", $"\"{plan}\""));
        if (queue.Next(isLast: false) is not { } call)
        {
            return null;
        }

        queue.Confirm(call);
        return call;
    }

    private static void Add(TraitQueue queue, TraitSource source, string identifier, params (string Key, string Value)[] traits)
    {
        var token = Encoding.UTF8.GetBytes($"\"{identifier}\"");
        var labels = AnalyticsLabels.None;
        var record = new byte[TraitRecord.Measure(token.Length, in labels, traits.Length, traits.Sum(static trait => trait.Key.Length + 2 + trait.Value.Length))];
        var room = TraitRecord.Begin(record, source.Number, token, in labels, traits.Length);
        foreach (var (key, value) in traits)
        {
            room = TraitRecord.Write(room, Encoding.UTF8.GetBytes($"\"{key}\""), Encoding.UTF8.GetBytes(value));
        }

        queue.Add(new TraitRecord(record), source);
    }
}

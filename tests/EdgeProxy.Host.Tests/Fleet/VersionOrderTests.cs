using EdgeProxy.Host.Fleet;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>docs/spec/fleet.md 2.3 and 2.4: the decision about a document in the store.</summary>
public sealed class VersionOrderTests
{
    private const long Second = 1000;
    private const long Rollback = 1000 * Second;

    private readonly VersionOrder _order = new(TimeSpan.FromSeconds(30));

    [Fact]
    public void Decide_NothingServed_Later() => Assert.Equal(StoredDecision.Later, _order.Decide(new SeenVersion(new FleetVersion("r1", 1)), served: null, wasReplaced: false));

    [Fact]
    public void Decide_SameRevision_ByEpoch()
    {
        Assert.Equal(StoredDecision.Same, Decide(new FleetVersion("r1", 1), new FleetVersion("r1", 1)));
        Assert.Equal(StoredDecision.Later, Decide(new FleetVersion("r1", 1, Rollback), new FleetVersion("r1", 1)));
        Assert.Equal(StoredDecision.Earlier, Decide(new FleetVersion("r1", 1), new FleetVersion("r1", 1, Rollback)));
    }

    [Fact]
    public void Decide_OtherTime_TheLaterOne()
    {
        Assert.Equal(StoredDecision.Later, Decide(new FleetVersion("r2", 2), new FleetVersion("r1", 1, Sequence: 9)));
        Assert.Equal(StoredDecision.Earlier, Decide(new FleetVersion("r1", 1, Sequence: 9), new FleetVersion("r2", 2)));
        Assert.Equal(StoredDecision.Later, Decide(new FleetVersion("r2", 2, Rollback), new FleetVersion("r1", 1)));
    }

    /// <summary>Each member counts changes by itself: numbers prove nothing, and are not asked.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(5L)]
    public void Decide_OneTimeNothingSeen_HeldBackWhateverTheSequence(long? updatedAt)
    {
        Assert.Equal(StoredDecision.HeldBack, Decide(new FleetVersion("r2", updatedAt, Sequence: 9), new FleetVersion("r1", updatedAt)));
        Assert.Equal(StoredDecision.HeldBack, Decide(new FleetVersion("r2", updatedAt), new FleetVersion("r1", updatedAt, Sequence: 9)));
    }

    [Fact]
    public void Decide_OneTime_TheOneThatWasSeenAfterTheOther()
    {
        var early = new SeenVersion(new FleetVersion("r1", 5, Sequence: 9), FirstSeen: 10 * Second, LastSeen: 40 * Second);
        var late = new SeenVersion(new FleetVersion("r2", 5), FirstSeen: 41 * Second, LastSeen: 50 * Second);

        Assert.Equal(StoredDecision.Later, _order.Decide(late, early, wasReplaced: false));
        Assert.Equal(StoredDecision.Earlier, _order.Decide(early, late, wasReplaced: false));
        Assert.Equal(StoredDecision.HeldBack, _order.Decide(late, early, wasReplaced: true));
    }

    [Fact]
    public void Decide_OneTimeSeenInTurns_OnlyAfterConfirmation()
    {
        var served = new SeenVersion(new FleetVersion("r1", 5), FirstSeen: 10 * Second, LastSeen: 40 * Second);

        Assert.Equal(StoredDecision.HeldBack, _order.Decide(new SeenVersion(new FleetVersion("r2", 5), 20 * Second, 60 * Second), served, wasReplaced: false));
        Assert.Equal(StoredDecision.Later, _order.Decide(new SeenVersion(new FleetVersion("r2", 5), 20 * Second, 71 * Second), served, wasReplaced: false));
    }

    [Fact]
    public void Decide_RollbackThatGaveItUp_Later()
    {
        var rollback = new FleetVersion("r1", 1, Rollback, GivenUp: 3);

        Assert.Equal(StoredDecision.Later, Decide(rollback, new FleetVersion("r3", 3)));
        Assert.Equal(StoredDecision.Earlier, Decide(new FleetVersion("r3", 3), rollback));
        Assert.Equal(StoredDecision.Later, Decide(new SeenVersion(rollback), new SeenVersion(new FleetVersion("r3", 3), 1, Rollback - Second)));
    }

    /// <summary>A second rollback, to what the first one gave up, at a member that missed the first one.</summary>
    [Fact]
    public void Decide_GivenUpAndSeenSince_LaterThanTheRollback()
    {
        var rollback = new SeenVersion(new FleetVersion("r1", 1, Rollback, GivenUp: 3), Rollback, Rollback + (60 * Second));
        var again = new SeenVersion(new FleetVersion("r3", 3), 1, Rollback + (90 * Second));

        Assert.Equal(StoredDecision.Later, _order.Decide(again, rollback, wasReplaced: false));
        Assert.Equal(StoredDecision.Earlier, _order.Decide(rollback, again, wasReplaced: false));
    }

    [Fact]
    public void Decide_LaterThanWhatWasGivenUp_ByWhatWasSeen()
    {
        var rollback = new FleetVersion("r1", 1, Rollback, GivenUp: 2);
        SeenVersion Edit(long first, long last) => new(new FleetVersion("r3", 3), first, last);

        Assert.Equal(StoredDecision.HeldBack, Decide(rollback, new FleetVersion("r3", 3)));
        Assert.Equal(StoredDecision.Later, _order.Decide(Edit(Rollback + Second, Rollback + Second), new SeenVersion(rollback, Rollback, Rollback), wasReplaced: false));

        // An upstream that is behind may still return the rollback; not for as long as a confirmation takes.
        Assert.Equal(StoredDecision.HeldBack, _order.Decide(Edit(Rollback + Second, Rollback + Second), new SeenVersion(rollback, Rollback, Rollback + (9 * Second)), wasReplaced: false));
        Assert.Equal(StoredDecision.Earlier, _order.Decide(Edit(1, Rollback - (20 * Second)), new SeenVersion(rollback, Rollback, Rollback + (11 * Second)), wasReplaced: false));
    }

    private StoredDecision Decide(FleetVersion stored, FleetVersion served) => Decide(new SeenVersion(stored), new SeenVersion(served));

    private StoredDecision Decide(SeenVersion stored, SeenVersion served) => _order.Decide(stored, served, wasReplaced: false);
}

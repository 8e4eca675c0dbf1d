using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Environments;

/// <summary>docs/spec/upstream-api.md 2.6: decisions about single documents.</summary>
public sealed class RollbackGuardTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly RollbackGuard _guard = new();

    [Fact]
    public void Consider_Newer_Accepted() => Assert.Equal(HoldDecision.Newer, Consider(At(2, "b"), At(1, "a")));

    [Fact]
    public void Consider_SameTimeAndNeverServed_Accepted() => Assert.Equal(HoldDecision.Newer, Consider(At(1, "b"), At(1, "a")));

    [Fact]
    public void Consider_Older_HeldBackUntilConfirmed()
    {
        Assert.Equal(HoldDecision.HeldBack, Consider(At(1, "a"), At(2, "b")));
        Assert.Equal(HoldDecision.HeldBack, Consider(At(1, "a"), At(2, "b")));
        Assert.Equal(2, _guard.Polls);
        Assert.Equal(HoldDecision.Rollback, Consider(At(1, "a"), At(2, "b")));
    }

    [Fact]
    public void Consider_OneConfirmation_AtOnce() => Assert.Equal(HoldDecision.Rollback, _guard.Consider(At(1, "a"), At(2, "b"), confirmations: 1, _time));

    [Fact]
    public void Consider_TheServedOneInBetween_CountedFromTheStart()
    {
        Consider(At(1, "a"), At(2, "b"));
        Consider(At(1, "a"), At(2, "b"));
        _guard.NoteCurrent();

        Assert.Equal(HoldDecision.HeldBack, Consider(At(1, "a"), At(2, "b")));
        Assert.Equal(1, _guard.Polls);
    }

    /// <summary>Each of the polls compared with another document: an upstream that is behind, not a rollback.</summary>
    [Fact]
    public void Restart_ServedDocumentFromElsewhere_CountedFromTheStart()
    {
        Consider(At(1, "a"), At(2, "b"));
        _guard.Restart();
        Consider(At(2, "b"), At(3, "c"));
        _guard.Restart();

        Assert.Equal(HoldDecision.HeldBack, Consider(At(3, "c"), At(4, "d")));
        Assert.Equal(1, _guard.Polls);
    }

    [Fact]
    public void Consider_RestoredEnvironmentIsEdited_StillConfirmed()
    {
        Consider(At(1, "a"), At(9, "z"));
        Consider(At(2, "b"), At(9, "z"));

        Assert.Equal(HoldDecision.Rollback, Consider(At(3, "c"), At(9, "z")));
    }

    [Fact]
    public void Consider_EverOlder_NotConfirmed()
    {
        Consider(At(3, "c"), At(9, "z"));
        Consider(At(2, "b"), At(9, "z"));

        Assert.Equal(HoldDecision.HeldBack, Consider(At(1, "a"), At(9, "z")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Consider_ReplacedAndNotNewer_HeldBackForTenMinutes(bool hasTime)
    {
        _guard.Replaced("a", _time);
        var (candidate, served) = hasTime ? (At(1, "a"), At(1, "b")) : (new DocumentPosition(null, "a"), new DocumentPosition(null, "b"));

        Assert.Equal(HoldDecision.HeldBack, Consider(candidate, served));
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HoldDecision.Newer, Consider(candidate, served));
    }

    [Fact]
    public void Consider_ReplacedButNewer_Accepted()
    {
        // As after a rollback that is rolled back.
        _guard.Replaced("b", _time);

        Assert.Equal(HoldDecision.Newer, Consider(At(2, "b"), At(1, "a")));
    }

    [Fact]
    public void NoteCurrent_ThreeInARow_TheTroubleIsOver()
    {
        Consider(At(1, "a"), At(2, "b"));

        Assert.False(_guard.NoteCurrent());
        Assert.False(_guard.NoteCurrent());
        Assert.True(_guard.NoteCurrent());
    }

    private static DocumentPosition At(int second, string revision) => new(new DateTimeOffset(2026, 11, 1, 12, 0, second, TimeSpan.Zero), revision);

    private HoldDecision Consider(DocumentPosition candidate, DocumentPosition served) => _guard.Consider(candidate, served, confirmations: 3, _time);
}

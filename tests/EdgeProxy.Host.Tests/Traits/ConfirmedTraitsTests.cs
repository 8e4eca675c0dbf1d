using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Tests.Traits;

/// <summary>The memory of one instance while others may send traits of the same identities (docs/spec/fleet.md 6.2).</summary>
public sealed class ConfirmedTraitsTests
{
    private static readonly UInt128 Bob = 1;
    private static readonly UInt128 Pro = 10;
    private static readonly UInt128 Basic = 20;

    private readonly ManualTimeProvider _time = new();
    private readonly ConfirmedTraits _confirmed;

    public ConfirmedTraitsTests()
    {
        _confirmed = new ConfirmedTraits(10, TimeSpan.FromHours(1), _time);
    }

    [Fact]
    public void Find_Shared_OnlyWhatWasConfirmedOrComparedJustNow()
    {
        _confirmed.Set(Bob, Pro);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.NotNull(_confirmed.Find(Bob, isShared: true));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_confirmed.Find(Bob, isShared: true));
        Assert.NotNull(_confirmed.Find(Bob));

        _confirmed.SetFound(Bob, Pro);

        Assert.NotNull(_confirmed.Find(Bob, isShared: true));
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(10));
        Assert.Null(_confirmed.Find(Bob)); // the lifetime counts from the confirmation
    }

    [Fact]
    public void SetFound_OfAnotherInstance_ForTenSeconds()
    {
        _confirmed.SetFound(Bob, Pro);
        Assert.Equal(Pro, _confirmed.Find(Bob)?.Traits);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(_confirmed.Find(Bob));

        _confirmed.SetFound(Bob, Pro);
        Assert.NotNull(_confirmed.Find(Bob));
    }

    [Fact]
    public void SetFound_OtherTraits_TheirsCount()
    {
        _confirmed.Set(Bob, Pro);

        _confirmed.SetFound(Bob, Basic);

        Assert.Equal(Basic, _confirmed.Find(Bob)?.Traits);
    }

    [Fact]
    public void SetFound_TraitsNotKnown_OwnOnesStay()
    {
        _confirmed.Set(Bob, Pro);

        _confirmed.SetFound(Bob, traits: null);

        Assert.Equal(Pro, _confirmed.Find(Bob)?.Traits);
    }
}

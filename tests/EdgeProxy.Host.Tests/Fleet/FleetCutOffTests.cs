using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>A member that is cut off from the store, from the API, or from both, beside one that is not (docs/spec/fleet.md 1.4 and 4.3).</summary>
public sealed class FleetCutOffTests : IAsyncLifetime
{
    private readonly StoreWay _way = StoreWay.To(StoreServer.Address);
    private FleetFixture _fleet = null!;
    private Relay _api = null!;
    private TestProxy _other = null!;
    private TestProxy _member = null!;

    public async Task InitializeAsync()
    {
        _fleet = await FleetFixture.StartAsync();
        _api = await Relay.StartAsync(_fleet.Upstream.Address);
        _other = await _fleet.StartMemberAsync();
        await FleetFixture.WaitForAsync("first", _other);
        await _fleet.WaitForStoredAsync(FleetFixture.Document("first", 0));
        _member = await _fleet.StartMemberAsync(new Uri(_api.Address, "/api/v1"), _way.Address);
        await FleetFixture.WaitForAsync("first", _member);
    }

    public async Task DisposeAsync()
    {
        await _fleet.DisposeAsync();
        await _api.DisposeAsync();
        await _way.DisposeAsync();
    }

    [Fact]
    public async Task CutOff_FromTheStore_PollsByItselfAndComesBack()
    {
        _way.IsCut = true;
        await WaitForLogAsync(EventIds.FleetStoreAway);

        await ChangeAsync("second", 1);
        await FleetFixture.WaitForAsync("second", _other, _member);
        Assert.Equal(DocumentOrigin.Upstream, _member.Registry.Environments[0].Freshness.Origin);

        _way.IsCut = false;
        await WaitForLogAsync(EventIds.FleetStoreBack);
        await ChangeAsync("third", 2);
        await FleetFixture.WaitForAsync("third", _other, _member);
    }

    [Fact]
    public async Task CutOff_FromTheApi_TakesWhatOthersFetch()
    {
        _api.Target = null;

        await ChangeAsync("second", 1);

        await FleetFixture.WaitForAsync("second", _other, _member);
        Assert.Equal(DocumentOrigin.Store, _member.Registry.Environments[0].Freshness.Origin);
    }

    [Fact]
    public async Task CutOff_FromBoth_ServesWhatItHasAndCatchesUp()
    {
        _way.IsCut = true;
        _api.Target = null;
        await WaitForLogAsync(EventIds.FleetStoreAway);

        await ChangeAsync("second", 1);
        await FleetFixture.WaitForAsync("second", _other);
        await Patience.UntilAsync(() => _member.Registry.Environments[0].Freshness.Failures > 0, "a poll of its own that fails");
        Assert.Equal("first", await FleetFixture.ValueAsync(_member));

        _way.IsCut = false;
        await FleetFixture.WaitForAsync("second", _member);
    }

    private async Task ChangeAsync(string value, int second)
    {
        var document = FleetFixture.Document(value, second);
        _fleet.Upstream.SetDocument("ser.env", document);
        await FleetFixture.WaitForAsync(value, _other);
    }

    private Task WaitForLogAsync(int eventId) => Patience.UntilAsync(() => _member.Log.Entries.Any(entry => entry.EventId == eventId), $"log entry {eventId}");
}

using System.Text;
using EdgeProxy.Host.Fleet;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>docs/spec/fleet.md 2 and 4: what a store decides, whether it is real or simulated.</summary>
public abstract class FleetStoreContract
{
    private readonly IFleetStore _store;
    private readonly string _id = Guid.NewGuid().ToString("N");

    private protected FleetStoreContract(IFleetStore store)
    {
        _store = store;
    }

    /// <summary>The number of operations at the same time.</summary>
    protected virtual int Parallelism => 1;

    [Fact]
    public async Task Look_Empty_Nothing()
    {
        var look = await _store.LookAsync(_id, LeaseBid.None);

        Assert.Null(look.Entry);
        Assert.Null(look.Holder);
        Assert.InRange(DateTimeOffset.FromUnixTimeMilliseconds(look.Now), TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddMinutes(1));
    }

    [Fact]
    public async Task Write_ThenRead_Same()
    {
        var version = new FleetVersion("r1", 1_790_000_000_123_456, Epoch: 1_790_000_000_123, Sequence: 7, GivenUp: 1_800_000_000_654_321);
        var payload = new byte[300_000];
        Random.Shared.NextBytes(payload);

        Assert.Equal(WriteOutcome.Written, await _store.WriteAsync(_id, new DocumentWrite(version, payload, "member a", Token: null, ConfirmedAt: 1_790_000_000_000)));

        var read = await _store.ReadAsync(_id);
        Assert.Equal(version, read!.Entry.Version);
        Assert.Equal(payload, read.Payload);
        Assert.Equal("member a", read.Entry.Writer);
        Assert.Equal(1_790_000_000_000, read.Entry.ConfirmedAt);
        Assert.Equal(read.Entry, (await _store.LookAsync(_id, LeaseBid.None)).Entry);
    }

    /// <summary>The script and <see cref="FleetVersion.Supersedes"/> must agree on every pair.</summary>
    [Fact]
    public async Task Write_EveryPairOfVersions_AsSupersedesSays()
    {
        FleetVersion[] versions =
        [
            .. from updatedAt in new long?[] { null, 1_790_000_000_000_001, 1_790_000_000_000_002 }
               from epoch in new[] { 0L, 1_790_000_000_000, 1_790_000_000_001 }
               from sequence in new[] { 0L, 1 }
               from givenUp in epoch == 0 ? new long?[] { null } : [null, 1_790_000_000_000_001, 1_790_000_000_000_002]
               select new FleetVersion($"{updatedAt}.{epoch}.{sequence}.{givenUp}", updatedAt, epoch, sequence, givenUp),
        ];
        var pairs = from first in versions from second in versions where first != second select (first, second);
        await Parallel.ForEachAsync(pairs, new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (pair, _) =>
        {
            var id = Guid.NewGuid().ToString("N");
            var token = "holder/1";
            await _store.LookAsync(id, new LeaseBid(token, IsNew: true));
            await _store.WriteAsync(id, Write(pair.first));

            var outcome = await _store.WriteAsync(id, Write(pair.second, token));

            Assert.True(
                pair.second.Supersedes(pair.first) == (outcome == WriteOutcome.Written), $"{pair.second} over {pair.first}: {outcome}");
        });
    }

    [Fact]
    public async Task Write_HundredWritersAtOnce_TheNewestStays()
    {
        var order = Enumerable.Range(0, 100).OrderBy(static _ => Random.Shared.Next()).ToList();

        await Parallel.ForEachAsync(
            order, new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (i, _) => await _store.WriteAsync(_id, Write(new FleetVersion($"r{i}", 1_000_000 + i))));

        Assert.Equal("r99", (await _store.ReadAsync(_id))!.Entry.Version.Revision);
    }

    [Fact]
    public async Task Write_SamePositionOtherRevision_OnlyTheHolder()
    {
        await _store.WriteAsync(_id, Write(new FleetVersion("r1", 5)));
        await _store.LookAsync(_id, new LeaseBid("a/1", IsNew: true));
        var other = new FleetVersion("r2", 5, Sequence: 1);

        Assert.Equal(WriteOutcome.Refused, await _store.WriteAsync(_id, Write(other)));
        Assert.Equal(WriteOutcome.Refused, await _store.WriteAsync(_id, Write(other, "b/1")));
        Assert.Equal(WriteOutcome.Written, await _store.WriteAsync(_id, Write(other, "a/1")));
        Assert.Equal(WriteOutcome.Same, await _store.WriteAsync(_id, Write(other, "a/1")));
    }

    [Fact]
    public async Task Write_AfterTheLeaseWentOn_Refused()
    {
        await _store.WriteAsync(_id, Write(new FleetVersion("r1", 5)));
        await _store.LookAsync(_id, new LeaseBid("a/1", IsNew: true));
        await _store.ReleaseAsync(_id, "a/1");
        await _store.LookAsync(_id, new LeaseBid("a/2", IsNew: true));

        Assert.Equal(WriteOutcome.Refused, await _store.WriteAsync(_id, Write(new FleetVersion("r2", 5, Sequence: 1), "a/1")));
    }

    [Fact]
    public async Task Write_UnusableRevision_ReplacedByTheHolder()
    {
        await _store.WriteAsync(_id, Write(new FleetVersion("bad", 9, Epoch: 9_000_000_000_000)));
        await _store.LookAsync(_id, new LeaseBid("a/1", IsNew: true));
        var good = Write(new FleetVersion("good", 5)) with { Replaces = "bad" };

        Assert.Equal(WriteOutcome.Refused, await _store.WriteAsync(_id, good));
        Assert.Equal(WriteOutcome.Refused, await _store.WriteAsync(_id, good with { Token = "a/1", Replaces = "another" }));
        Assert.Equal(WriteOutcome.Written, await _store.WriteAsync(_id, good with { Token = "a/1" }));
    }

    [Fact]
    public async Task Look_Lease_TakenRenewedAndGivenBack()
    {
        Assert.Equal("a/1", (await _store.LookAsync(_id, new LeaseBid("a/1", IsNew: true))).Holder);
        Assert.Equal("a/1", (await _store.LookAsync(_id, new LeaseBid("b/1", IsNew: true))).Holder);
        Assert.Equal("a/1", (await _store.LookAsync(_id, new LeaseBid("a/1", IsNew: false))).Holder);
        Assert.False(await _store.ReleaseAsync(_id, "b/1"));
        Assert.True(await _store.ReleaseAsync(_id, "a/1"));
        Assert.Null((await _store.LookAsync(_id, new LeaseBid("a/1", IsNew: false))).Holder);
        Assert.Equal("b/2", (await _store.LookAsync(_id, new LeaseBid("b/2", IsNew: true))).Holder);
    }

    [Fact]
    public async Task Report_Success_ConfirmsThatRevisionOnly()
    {
        await _store.WriteAsync(_id, Write(new FleetVersion("r1", 5)));

        Assert.False(await _store.ReportAsync(_id, new PollReport("r0", Token: null, Error: null, Started: 0), 1_790_000_000_000));
        Assert.Null((await _store.ReadAsync(_id))!.Entry.ConfirmedAt);
        Assert.True(await _store.ReportAsync(_id, new PollReport("r1", Token: null, Error: null, Started: 0), 1_790_000_000_000));
        Assert.Equal(1_790_000_000_000, (await _store.ReadAsync(_id))!.Entry.ConfirmedAt);

        // One that waited at the server changes nothing.
        await _store.ReportAsync(_id, new PollReport("r1", Token: null, Error: null, Started: 0), 1_780_000_000_000);
        Assert.Equal(1_790_000_000_000, (await _store.ReadAsync(_id))!.Entry.ConfirmedAt);
    }

    [Fact]
    public async Task Report_Error_OfTheHolderOnly()
    {
        await _store.WriteAsync(_id, Write(new FleetVersion("r1", 5)));
        await _store.LookAsync(_id, new LeaseBid("a/1", IsNew: true));

        Assert.False(await _store.ReportAsync(_id, new PollReport(Revision: null, "b/1", "returned HTTP 401", Started: 0), 1_790_000_000_000));
        Assert.True(await _store.ReportAsync(_id, new PollReport(Revision: null, "a/1", "returned HTTP 401", Started: 0), 1_790_000_000_000));
        Assert.Equal("returned HTTP 401", (await _store.ReadAsync(_id))!.Entry.Error!.Message);

        await _store.ReportAsync(_id, new PollReport("r1", "a/1", Error: null, Started: 0), 1_790_000_000_000);
        Assert.Null((await _store.ReadAsync(_id))!.Entry.Error);
    }

    [Fact]
    public async Task Beat_Members_CountedUntilTheyLeave()
    {
        Assert.Equal(new FleetPulse(1, 3, IsStated: true), await _store.BeatAsync(new MemberBeat("a", 3, "{\"name\":\"a\"}")));
        Assert.Equal(new FleetPulse(2, 1, IsStated: false), await _store.BeatAsync(new MemberBeat("b", 1, Statement: null)));
        Assert.Equal(["{\"name\":\"a\"}"], await _store.ReadMembersAsync());
        Assert.True(await _store.LeaveAsync("a"));
        Assert.Equal(new FleetPulse(1, 1, IsStated: false), await _store.BeatAsync(new MemberBeat("b", 1, Statement: null)));
        Assert.Empty(await _store.ReadMembersAsync());
    }

    [Fact]
    public async Task Recall_Remembered_OnlyWithTheSameTraits()
    {
        await _store.RememberAsync(_id, [Digest(1, 10), new IdentityDigest(UInt128.MaxValue, UInt128.MaxValue)], TimeSpan.FromHours(1));

        Assert.Equal("True True False", string.Join(' ', await _store.RecallAsync(_id, [new IdentityDigest(UInt128.MaxValue, UInt128.MaxValue), Digest(1, 10), Digest(3, 10)])));
        Assert.Equal("True False", string.Join(' ', await _store.RecallAsync(_id, [Digest(1, traits: null), Digest(3, traits: null)])));
        Assert.Equal("False", string.Join(' ', await _store.RecallAsync(Guid.NewGuid().ToString("N"), [Digest(1, 10)])));
    }

    /// <summary>A member that asks with other traits is about to forward them: the old ones must not be found again, even if it is killed before.</summary>
    [Fact]
    public async Task Recall_OtherTraits_Forgotten()
    {
        await _store.RememberAsync(_id, [Digest(1, 10), Digest(2, 20)], TimeSpan.FromHours(1));

        Assert.Equal("False True", string.Join(' ', await _store.RecallAsync(_id, [Digest(1, 11), Digest(2, 20)])));

        Assert.Equal("False True", string.Join(' ', await _store.RecallAsync(_id, [Digest(1, 10), Digest(2, 20)])));
    }

    [Fact]
    public async Task Remember_AfterItsLifetime_Forgotten()
    {
        await _store.RememberAsync(_id, [Digest(1, 10)], TimeSpan.FromMilliseconds(1));

        await Patience.UntilAsync(async () => !(await _store.RecallAsync(_id, [Digest(1, traits: null)]))[0], "the end of its lifetime");
    }

    private static IdentityDigest Digest(int identity, int? traits) => new((UInt128)identity, traits is { } known ? (UInt128)known : null);

    private static DocumentWrite Write(FleetVersion version, string? token = null) =>
        new(version, Encoding.UTF8.GetBytes("payload"), "writer", token, ConfirmedAt: null);
}

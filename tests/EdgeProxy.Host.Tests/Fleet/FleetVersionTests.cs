using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Fleet;

namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>docs/spec/fleet.md 2.3: which of two versions is the later one.</summary>
public sealed class FleetVersionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Next_LaterTime_SequenceBeginsAgain()
    {
        var first = FleetVersion.Of(new DocumentPosition(Noon, "r1"));
        var same = first.Next(new DocumentPosition(Noon, "r2"), rollbackAt: null);
        var later = same.Next(new DocumentPosition(Noon.AddTicks(10), "r3"), rollbackAt: null);

        Assert.Equal((1L, 0L), (same.Sequence, later.Sequence));
        Assert.True(same.Supersedes(first));
        Assert.False(first.Supersedes(same));
        Assert.True(later.Supersedes(same));
        Assert.True(later.Supersedes(first));
    }

    [Fact]
    public void Supersedes_Rollback_WhatItGaveUpAndNothingLater()
    {
        var served = FleetVersion.Of(new DocumentPosition(Noon, "r9"));
        var rollback = served.Next(new DocumentPosition(Noon.AddHours(-1), "r2"), Noon.AddMinutes(1));
        var afterwards = FleetVersion.Of(new DocumentPosition(Noon.AddMinutes(2), "r10"));

        Assert.True(rollback.Supersedes(served));
        Assert.False(served.Supersedes(rollback));
        Assert.False(rollback.Supersedes(afterwards));
        Assert.True(afterwards.Supersedes(rollback));
        Assert.True(afterwards.WithEpochOf(rollback).Supersedes(rollback));
    }

    [Fact]
    public void Next_SecondRollback_KeepsTheLatestTimeGivenUp()
    {
        var first = FleetVersion.Of(new DocumentPosition(Noon, "r9")).Next(new DocumentPosition(Noon.AddHours(-2), "r1"), Noon.AddMinutes(1));
        var second = first.Next(new DocumentPosition(Noon.AddHours(-3), "r0"), Noon.AddMinutes(2));

        Assert.True(second.Supersedes(FleetVersion.Of(new DocumentPosition(Noon, "r9"))));
        Assert.True(second.Epoch > first.Epoch);
    }

    [Fact]
    public void Supersedes_WithoutTimes_BySequence()
    {
        var first = FleetVersion.Of(new DocumentPosition(null, "r1"));
        var second = first.Next(new DocumentPosition(null, "r2"), rollbackAt: null);

        Assert.True(second.Supersedes(first));
        Assert.False(first.Supersedes(second));
        Assert.False(first.Supersedes(FleetVersion.Of(new DocumentPosition(null, "other"))));
    }

    /// <summary>Never both ways: two members would replace each other's document for ever.</summary>
    [Fact]
    public void Supersedes_AnyTwo_AtMostOneOfThem()
    {
        FleetVersion[] all =
        [
            .. from updatedAt in new long?[] { null, 1, 2, 3 } from epoch in new[] { 0L, 1, 2 } from sequence in new[] { 0L, 1 } from givenUp in new long?[] { null, 1, 2, 3 }
               select new FleetVersion($"{updatedAt} {epoch} {sequence} {givenUp}", updatedAt, epoch, sequence, givenUp),
        ];

        Assert.All(all, left => Assert.All(all, right => Assert.False(left.Supersedes(right) && right.Supersedes(left), $"{left} and {right}")));
    }

    /// <summary>Whatever was decided, the store accepts it, and the members agree.</summary>
    [Fact]
    public void Over_AnyTwoThatTimesDoNotOrder_Supersedes()
    {
        FleetVersion[] all =
        [
            .. from updatedAt in new long?[] { null, 1, 2, 3 } from epoch in new[] { 0L, 1, 2 } from sequence in new[] { 0L, 1 } from givenUp in new long?[] { null, 1, 2, 3 }
               select new FleetVersion($"{updatedAt} {epoch} {sequence} {givenUp}", updatedAt, epoch, sequence, givenUp),
        ];
        var pairs = from left in all from right in all where left.IsOfTimeOf(right) || left.UpdatedAt > right.UpdatedAt || left.Epoch > right.Epoch select (left, right);

        Assert.All(pairs, static pair => Assert.True(pair.left.Over(pair.right).Supersedes(pair.right), $"{pair.left} over {pair.right}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1790000000123L)]
    public void ParseSeen_Serialized_TheSame(long? seen)
    {
        var floor = new SeenVersion(new FleetVersion("r1", 5, 1, 2, 7), seen);

        Assert.Equal(floor, SeenVersion.Parse(floor.ToString()));
        Assert.Null(SeenVersion.Parse(floor.Version.ToString()));
        Assert.Null(SeenVersion.Parse($"{floor.Version} x"));
    }

    [Theory]
    [InlineData("r1", null, 0, 0, null)]
    [InlineData("r1", 1790000000123456L, 1790000000123L, 4, 1790000000123457L)]
    public void Parse_Serialized_TheSame(string revision, long? updatedAt, long epoch, long sequence, long? givenUp)
    {
        var version = new FleetVersion(revision, updatedAt, epoch, sequence, givenUp);

        Assert.Equal(version, FleetVersion.Parse(version.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("r1")]
    [InlineData("r1 - - 0 -")]
    [InlineData("r1 x 0 0 -")]
    public void Parse_SomethingElse_Nothing(string text) => Assert.Null(FleetVersion.Parse(text));
}

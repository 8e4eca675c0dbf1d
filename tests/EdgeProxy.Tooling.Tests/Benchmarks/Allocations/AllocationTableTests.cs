using EdgeProxy.Benchmarks.Allocations;

namespace EdgeProxy.Tooling.Tests.Benchmarks.Allocations;

public sealed class AllocationTableTests
{
    [Fact]
    public void Parse_CommentsAndEmptyLines_LeftOut() =>
        Assert.Equal(
            [new("A.First", 0), new("B.Second", 12, 1)],
            AllocationTable.Parse("# what this is\r\n\nA.First 0\n\n# and this\n  B.Second 12 ±1%\n").Lines);

    [Fact]
    public void Parse_Nothing_EmptyTable() => Assert.Empty(AllocationTable.Parse("").Lines);

    [Theory]
    [InlineData("B.Second 0\nA.First 0\n")]
    [InlineData("A.First 0\nA.First 0\n")]
    public void Parse_OutOfOrderOrTwice_Refused(string text) => Assert.Throws<FormatException>(() => AllocationTable.Parse(text));

    [Fact]
    public void ToString_Parsed_TheSame()
    {
        var table = new AllocationTable([new("A.First", 0), new("B.Second", 12, 1)]);

        Assert.Equal(table.Lines, AllocationTable.Parse(table.ToString()).Lines);
    }

    [Fact]
    public void Update_AnyMeasurements_TakesTheirsKeepsTolerancesAndWhatIsWithin()
    {
        var table = new AllocationTable([new("A.Exact", 10), new("B.Gone", 1), new("C.Within", 1000, 2), new("D.Beyond", 1000, 2)]);

        var updated = table.Update([new("E.New", 7, false), new("D.Beyond", 1100, false), new("C.Within", 1010, false), new("A.Exact", 11, false)]);

        Assert.Equal([new("A.Exact", 11), new("C.Within", 1000, 2), new("D.Beyond", 1100, 2), new("E.New", 7)], updated.Lines);
    }
}

using EdgeProxy.Benchmarks.Allocations;

namespace EdgeProxy.Tooling.Tests.Benchmarks.Allocations;

public sealed class AllocationComparisonTests
{
    [Theory]
    [InlineData("A.B 0", 0, true)]
    [InlineData("A.B 24", 24, false)]
    [InlineData("A.B 1000 ±2%", 1015, false)]
    public void Compare_AsInTheTable_NoDifference(string line, long bytes, bool mustBeZero) =>
        Assert.Empty(Compare(line, new AllocationMeasurement("A.B", bytes, mustBeZero)));

    [Theory]
    [InlineData("A.B 24", 25, nameof(AllocationDifferenceKind.More))]
    [InlineData("A.B 0", 1, nameof(AllocationDifferenceKind.More))]
    [InlineData("A.B 1000 ±2%", 1021, nameof(AllocationDifferenceKind.More))]
    [InlineData("A.B 24", 23, nameof(AllocationDifferenceKind.Fewer))]
    [InlineData("A.B 24", 0, nameof(AllocationDifferenceKind.Fewer))]
    [InlineData("A.B 1000 ±2%", 979, nameof(AllocationDifferenceKind.Fewer))]
    [InlineData("", 24, nameof(AllocationDifferenceKind.NotInTable))]
    [InlineData("", 0, nameof(AllocationDifferenceKind.NotInTable))]
    public void Compare_OtherBytes_Difference(string line, long bytes, string kind) =>
        Assert.Equal([kind], KindsOf(Compare(line, new AllocationMeasurement("A.B", bytes, MustBeZero: false))));

    [Theory]
    [InlineData("A.B 0", 24, nameof(AllocationDifferenceKind.NotZero))]
    [InlineData("A.B 24", 24, nameof(AllocationDifferenceKind.NotZero), nameof(AllocationDifferenceKind.TableNotZero))]
    [InlineData("A.B 24", 0, nameof(AllocationDifferenceKind.TableNotZero))]
    [InlineData("A.B 24 ±100%", 0, nameof(AllocationDifferenceKind.TableNotZero))]
    [InlineData("", 24, nameof(AllocationDifferenceKind.NotZero), nameof(AllocationDifferenceKind.NotInTable))]
    public void Compare_MustBeZero_NoTableCanAllowMore(string line, long bytes, params string[] kinds) =>
        Assert.Equal(kinds, KindsOf(Compare(line, new AllocationMeasurement("A.B", bytes, MustBeZero: true))));

    [Fact]
    public void Compare_LineWithoutBenchmark_Difference() =>
        Assert.Equal([nameof(AllocationDifferenceKind.NotMeasured)], KindsOf(Compare("A.B 0")));

    [Fact]
    public void Compare_SeveralDifferences_AllOfThemByName()
    {
        var differences = Compare(
            "A.Gone 0\nB.Same 0\nC.More 1",
            new AllocationMeasurement("B.Same", 0, MustBeZero: true),
            new AllocationMeasurement("C.More", 2, MustBeZero: false),
            new AllocationMeasurement("D.New", 0, MustBeZero: true));

        Assert.Equal(["C.More", "D.New", "A.Gone"], differences.Select(static difference => difference.Name));
        Assert.All(differences, static difference => Assert.StartsWith($"{difference.Name}: ", difference.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void ToString_MoreThanALineWithTolerance_SaysBoth() =>
        Assert.Equal(
            "A.B: allocates 1021 bytes, more than the 1000 ±2% of the table",
            Assert.Single(Compare("A.B 1000 ±2%", new AllocationMeasurement("A.B", 1021, MustBeZero: false))).ToString());

    [Fact]
    public void Forbidden_OnlyWhatMustBeZeroAndIsNot() =>
        Assert.Equal(
            ["A.Not"],
            AllocationComparison.Forbidden([new("A.Not", 8, true), new("B.Zero", 0, true), new("C.May", 8, false)]).Select(static difference => difference.Name));

    private static IReadOnlyList<AllocationDifference> Compare(string table, params AllocationMeasurement[] measurements) =>
        AllocationComparison.Compare(AllocationTable.Parse(table), measurements);

    private static IEnumerable<string> KindsOf(IEnumerable<AllocationDifference> differences) =>
        differences.Select(static difference => difference.Kind.ToString());
}

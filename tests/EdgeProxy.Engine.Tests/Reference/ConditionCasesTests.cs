namespace EdgeProxy.Engine.Tests.Reference;

public sealed class ConditionCasesTests
{
    [Fact]
    public void All_Rows_AreDistinctAndEnough()
    {
        var rows = ConditionCases.All.Select(row => string.Join('\0', row.Take(3).Select(cell => cell ?? "\u0001"))).ToList();

        Assert.Equal([], rows.GroupBy(row => row, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.InRange(rows.Count, 150, int.MaxValue);
    }
}

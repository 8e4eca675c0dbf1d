using EdgeProxy.Comparison.Measurements;

namespace EdgeProxy.Tooling.Tests.Comparison;

public sealed class InstructionCountTests
{
    [Fact]
    public void Read_Profile_ItsSummary() =>
        Assert.Equal(5016191, InstructionCount.Read(["# callgrind format", "events: Ir", "summary: 5016191", "", "fn=(1) main", "0 5016191", "totals: 5016191"]));

    [Fact]
    public void Read_NoProfile_Throws() => Assert.Throws<InvalidOperationException>(static () => InstructionCount.Read(["# callgrind format"]));
}

using EdgeProxy.Benchmarks.Allocations;

namespace EdgeProxy.Tooling.Tests.Benchmarks.Allocations;

/// <summary>The meter that says zero must be able to say something else.</summary>
public sealed class AllocationMeterTests
{
    private static object? _kept;

    [Fact]
    public void Measure_Nothing_Zero() => Assert.Equal(0, AllocationMeter.Measure(static () => { }));

    [Fact]
    public void Measure_AnObjectEachTime_ItsBytes() => Assert.Equal(24, AllocationMeter.Measure(static () => _kept = new object()));

    [Fact]
    public void Measure_AnObjectNowAndThen_NotZero()
    {
        var count = 0;

        Assert.Equal(1, AllocationMeter.Measure(() => _kept = ++count % 1000 == 0 ? new object() : _kept));
    }
}

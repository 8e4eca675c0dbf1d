using EdgeProxy.Testing;

namespace EdgeProxy.Engine.Tests;

/// <summary>The meter that says zero must be able to say something else.</summary>
public sealed class AllocationMeterTests
{
    private static object? _kept;

    [Fact]
    public void Measure_NowAndThenAnObject_Counted()
    {
        var count = 0;

        var bytes = AllocationMeter.Measure(() => _kept = ++count % 1000 == 0 ? new object() : _kept);

        Assert.InRange(bytes, 1, 1000);
    }

    [Fact]
    public void Measure_Nothing_Zero()
    {
        Assert.Equal(0, AllocationMeter.Measure(static () => { }));
    }
}

using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Tests.Values;

public sealed class MemoryReserveTests
{
    [Fact]
    public void Check_LessIsLeftThanTheReserve_Thrown()
    {
        var reserve = new MemoryReserve(available: 1_000);
        GC.Collect();

        Assert.Throws<InsufficientMemoryException>(reserve.Check);
    }

    [Fact]
    public void Check_EnoughIsLeft_Nothing()
    {
        var reserve = MemoryReserve.OfProcess();
        GC.Collect();

        reserve.Check();
    }
}

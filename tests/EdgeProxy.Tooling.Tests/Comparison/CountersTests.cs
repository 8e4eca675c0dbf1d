using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Tooling.Tests.Comparison;

public sealed class CountersTests
{
    [Fact]
    public void Parse_Exposition_SumsOverLabels()
    {
        var metrics = ExposedMetrics.Parse("# HELP a_total b\n# TYPE a_total counter\na_total{g=\"0\"} 3\na_total{g=\"1 {\"} 4\nb 0.5\n\n");

        Assert.Equal((2, 7.0, 0.5), (metrics.Count, metrics["a_total"], metrics["b"]));
    }

    [Fact]
    public void Plus_Threads_AddsTheirCounts()
    {
        string[] status = ["Name:\tx", "voluntary_ctxt_switches:\t20", "nonvoluntary_ctxt_switches:\t3"];

        var sum = new ThreadAccounting(1, 1, TimeSpan.FromMicroseconds(1)).Plus(status, "500 46000 7\n");

        Assert.Equal(new ThreadAccounting(21, 4, TimeSpan.FromMicroseconds(47)), sum);
    }

    [Fact]
    public void OwnProcess_HasFaultedPagesAndWaited()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // the comparison runs on Linux only
        }

        Assert.True(ProcessAccounting.PageFaults(Environment.ProcessId) > 0);
        Assert.True(ThreadAccounting.Of(Environment.ProcessId).VoluntarySwitches > 0);
    }
}

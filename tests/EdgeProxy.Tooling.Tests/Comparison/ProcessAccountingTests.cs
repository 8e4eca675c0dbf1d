using System.Net;
using System.Net.Sockets;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Tooling.Tests.Comparison;

public sealed class ProcessAccountingTests
{
    [Fact]
    public void OwnProcess_IsFoundByItsPort_AndHasUsedTimeAndMemory()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // the comparison runs on Linux only
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        Assert.Equal([Environment.ProcessId], ProcessAccounting.ListenersOn(port));
        Assert.InRange(ProcessAccounting.ProcessorTime(Environment.ProcessId), TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        Assert.InRange(ProcessAccounting.ResidentBytes(Environment.ProcessId), 1_000_000, 100_000_000_000);
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EdgeProxy.Comparison;
using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Mechanisms;
using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Tooling.Tests.Comparison;

/// <summary>The program leaves out what the comparison tells it to leave out: seen at the priority of its threads.</summary>
public sealed class ProxyVariantTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Command_LowPriorityLeftOutOrNot_ThreadsHaveItOrNot(bool isLeftOut)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Programs.Proxy))
        {
            return; // the comparison runs on Linux, with what is built in Release
        }

        var variant = isLeftOut ? ProxyVariant.Without("LowPriority") : ProxyVariant.Complete;
        var environment = MeasuredEnvironment.Plain;
        using var directory = new TemporaryDirectory();
        await using var api = await ApiStandIn.StartAsync(FreePort());
        api.Serve(environment.ServerSideKey, environment.Document());
        var configuration = directory.Write("config.json", api.Configuration([environment], pollSeconds: 3600));
        var port = FreePort();
        string[] command =
        [
            .. variant.Command(directory), "--config", configuration, "--host", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture),
        ];

        await using var proxy = await ServerProcess.StartCommandAsync(variant.Name, command, port, new HttpQuestion("/health", Key: null));

        var usual = Niceness($"/proc/{proxy.Id}");
        Assert.Equal(!isLeftOut, Directory.GetDirectories($"/proc/{proxy.Id}/task").Any(thread => Niceness(thread) > usual));
    }

    [Fact]
    public void Command_Variable_OfTheProcessAlone()
    {
        using var directory = new TemporaryDirectory();

        Assert.Equal(["env", "NAME=0", "dotnet", Programs.Proxy], ProxyVariant.With("NAME=0").Command(directory));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The 19th field; the second is the only one that may have spaces, and it ends with a parenthesis. 0 of a thread that ended.</summary>
    private static int Niceness(string folder)
    {
        try
        {
            var stat = File.ReadAllText($"{folder}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}

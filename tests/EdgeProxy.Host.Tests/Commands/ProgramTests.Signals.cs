using System.Net;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands;

/// <content>Signals: the first ends it with consideration, the second at once.</content>
public sealed partial class ProgramTests
{
    private static readonly (string Name, string Value)[] LongDelay = [("SERVER_SHUTDOWN_DELAY_SECONDS", "3600")];

    [Theory]
    [InlineData("TERM", 15)]
    [InlineData("HUP", 1)]
    public async Task Signals_Twice_NotReadyButServingThenEndedAtOnce(string signal, int number)
    {
        using var program = EdgeProxyProcess.Start(LongDelay, "--demo", "--port", "0", "--host", "127.0.0.1");
        using var client = new HttpClient { BaseAddress = await program.ReadAddressAsync() };
        await UntilAsync(client, HttpStatusCode.OK);

        await program.SignalAsync(signal);
        await UntilAsync(client, HttpStatusCode.ServiceUnavailable);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/flags/");
        request.Headers.Add("X-Environment-Key", "demo");
        using var flags = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, flags.StatusCode);

        await program.SignalAsync(signal);
        Assert.Equal(128 + number, await program.ExitAsync());
    }

    [Fact]
    public async Task Signals_Interrupt_NoLoadBalancerIsWaitedFor()
    {
        using var program = EdgeProxyProcess.Start(LongDelay, "--demo", "--port", "0", "--host", "127.0.0.1");
        using var client = new HttpClient { BaseAddress = await program.ReadAddressAsync() };
        await UntilAsync(client, HttpStatusCode.OK);

        await program.SignalAsync("INT");

        Assert.Equal(0, await program.ExitAsync());
    }

    private static Task UntilAsync(HttpClient client, HttpStatusCode status) => Patience.UntilAsync(
        async () =>
        {
            using var response = await client.GetAsync("/proxy/health/readiness");
            return response.StatusCode == status;
        },
        $"readiness to be {status}");
}

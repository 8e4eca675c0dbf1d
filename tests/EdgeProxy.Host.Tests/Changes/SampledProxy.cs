using System.Text.Json.Nodes;
using EdgeProxy.Host.Changes;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream;

namespace EdgeProxy.Host.Tests.Changes;

/// <summary>A proxy that samples identities, some of which asked already: half of them with the plan <c>pro</c>.</summary>
internal sealed class SampledProxy : IAsyncDisposable
{
    private SampledProxy(PolledProxy polled)
    {
        Polled = polled;
    }

    /// <summary>The proxy with its upstream and clock.</summary>
    public PolledProxy Polled { get; }

    /// <summary>Starts it.</summary>
    /// <param name="identities">The number of identities that ask.</param>
    /// <param name="holdAbovePercent">The share above which versions are held.</param>
    /// <param name="holdTime">The time for which they are.</param>
    public static async Task<SampledProxy> StartAsync(int identities = 60, int? holdAbovePercent = 30, TimeSpan? holdTime = null)
    {
        var proxy = new SampledProxy(await PolledProxy.StartAsync(configure: options => options with
        {
            Changes = new ChangeOptions { SampleIdentities = 5000, HoldAbovePercent = holdAbovePercent, HoldTime = holdTime },
        }));
        await AskAsync(proxy.Polled.Proxy, identities);
        return proxy;
    }

    /// <summary>Has identities ask.</summary>
    public static async Task AskAsync(TestProxy proxy, int identities)
    {
        for (var i = 0; i < identities; i++)
        {
            await proxy.PostIdentityAsync(
                "env", $$"""{"identifier":"identity-{{i}}","traits":[{"trait_key":"plan","trait_value":"{{(i % 2 == 0 ? "pro" : "free")}}"}]}""");
        }
    }

    /// <summary>The held version as <c>/changes</c> has it; null if there is none.</summary>
    public async Task<JsonNode?> HeldAsync() => (await ChangesAsync())["held"];

    /// <summary>The answer of <c>/changes</c>.</summary>
    public async Task<JsonNode> ChangesAsync() => JsonNode.Parse(await Polled.Proxy.Client.GetStringAsync("/proxy/environments/env/changes"))!;

    /// <summary>Lets the upstream have another version, and polls it.</summary>
    public Task ChangeAsync(string value, Action<JsonObject>? change = null)
    {
        Polled.Upstream.SetDocument("ser.env", PolledProxy.Document(value, change));
        return Polled.PollAsync();
    }

    /// <summary>Releases the held version.</summary>
    public Task<HttpResponseMessage> ReleaseAsync() => Polled.Proxy.SendAsync(HttpMethod.Post, "/proxy/environments/env/release", key: null);

    /// <summary>Waits until a value is served.</summary>
    public Task WaitForAsync(string value) => Polled.Time.AdvanceUntilAsync(
        TimeSpan.FromMilliseconds(100), () => Polled.PlainAsync().GetAwaiter().GetResult() == value, $"{value} to be served");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Polled.DisposeAsync();
}

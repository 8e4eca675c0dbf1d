using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Http.Tls;

/// <summary>Messages about certificates that have expired, or soon will.</summary>
public sealed class CertificateDatesTests : IDisposable
{
    private static readonly int[] Ids = [EventIds.CertificateNotYetValid, EventIds.CertificateExpiresSoon, EventIds.CertificateExpired];

    private readonly CertificateFiles _files = new();
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(-30, -1, EventIds.CertificateExpired, "2026-11-21 10:00:00Z")]
    [InlineData(-30, 6, EventIds.CertificateExpiresSoon, "2026-11-28 10:00:00Z")]
    [InlineData(2, 30, EventIds.CertificateNotYetValid, "2026-11-24 10:00:00Z")]
    public async Task Start_DatesThatClientsMind_OneWarningWithFileAndDate(int fromDay, int untilDay, int id, string date)
    {
        Write(fromDay, untilDay);
        await using var proxy = await StartAsync();

        var said = await proxy.Log.WaitForAsync(entry => entry.EventId == id);
        await LookAgainAsync(proxy);

        Assert.Equal(LogLevel.Warning, said.Level);
        Assert.Contains(_files.CertificateFile, said.Message, StringComparison.Ordinal);
        Assert.Contains(date, said.Message, StringComparison.Ordinal);
        Assert.Single(Said(proxy));
    }

    [Fact]
    public async Task Run_CertificateGrowsOld_SaidAWeekBeforeAndAtTheEnd()
    {
        Write(-30, 8);
        await using var proxy = await StartAsync();
        await LookAgainAsync(proxy);
        Assert.Empty(Said(proxy));

        _time.Advance(TimeSpan.FromDays(2));
        await proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.CertificateExpiresSoon);
        _time.Advance(TimeSpan.FromDays(7));
        await proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.CertificateExpired);
        await LookAgainAsync(proxy);

        Assert.Equal([EventIds.CertificateExpiresSoon, EventIds.CertificateExpired], Said(proxy));
    }

    [Fact]
    public async Task Reload_AnotherThatExpiresSoon_SaidOfThatToo()
    {
        Write(-30, 5);
        await using var proxy = await StartAsync();
        await proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.CertificateExpiresSoon);

        Write(-30, 6);
        await ReloadAsync(proxy);
        await LookAgainAsync(proxy);
        Assert.Equal([EventIds.CertificateExpiresSoon, EventIds.CertificateExpiresSoon], Said(proxy));

        Write(-30, 60);
        await ReloadAsync(proxy);
        await LookAgainAsync(proxy);
        Assert.Equal(2, Said(proxy).Count);
    }

    [Fact]
    public async Task Metric_WithTls_TheEndOfTheCertificateInUse()
    {
        Write(-30, 60);
        await using var proxy = await StartAsync();
        Assert.Equal(Day(60).ToUnixTimeSeconds(), await ExpiryAsync(proxy));

        Write(-30, 90);
        await ReloadAsync(proxy);
        Assert.Equal(Day(90).ToUnixTimeSeconds(), await ExpiryAsync(proxy));
    }

    [Fact]
    public async Task Metric_WithoutTls_NoSeries()
    {
        await using var proxy = await TestProxy.StartAsync(new ProxyOptions { Demo = true });

        Assert.Empty((await Exposition.OfAsync(proxy)).Find("edgeproxy_tls_certificate_expiry_timestamp_seconds"));
    }

    public void Dispose() => _files.Dispose();

    private static List<int> Said(TestProxy proxy) => [.. proxy.Log.Entries.Select(static entry => entry.EventId).Where(static id => Ids.Contains(id))];

    private static async Task<double> ExpiryAsync(TestProxy proxy) =>
        Assert.Single((await Exposition.OfAsync(proxy, proxy.LastAddress)).Find("edgeproxy_tls_certificate_expiry_timestamp_seconds")).Value;

    /// <summary>The start of the clock, and days from there.</summary>
    private static DateTimeOffset Day(int day) => new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero).AddDays(day);

    private void Write(int fromDay, int untilDay) => _files.Write(TestCertificate.Create(Day(fromDay), Day(untilDay)));

    private Task<TestProxy> StartAsync() => TestProxy.StartAsync(
        new ProxyOptions { Demo = true, Tls = _files.Options, Metrics = new MetricsOptions { Port = 0 } }, _time);

    private Task ReloadAsync(TestProxy proxy) => AdvanceToNextAsync(proxy, EventIds.CertificateReloaded);

    /// <summary>Waits until the dates were looked at once more: between two looks at files that cannot be used.</summary>
    private async Task LookAgainAsync(TestProxy proxy)
    {
        foreach (var broken in new[] { "broken", "broken otherwise" })
        {
            File.WriteAllText(_files.Options.KeyPath, broken);
            await AdvanceToNextAsync(proxy, EventIds.CertificateRejected);
        }
    }

    private Task AdvanceToNextAsync(TestProxy proxy, int id)
    {
        var before = Count();
        return Patience.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Count() > before;
            },
            "another look at the files");

        int Count() => proxy.Log.Entries.Count(entry => entry.EventId == id);
    }
}

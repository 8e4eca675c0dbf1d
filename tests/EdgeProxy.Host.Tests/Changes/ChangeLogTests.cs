using System.Globalization;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream;

namespace EdgeProxy.Host.Tests.Changes;

/// <summary>docs/spec/changes.md 2: the log has every difference, also those that are not kept, and the list what a change took.</summary>
public sealed class ChangeLogTests
{
    private const int Features = 60;

    [Fact]
    public async Task Change_MoreDifferencesThanAreKept_EachLogged()
    {
        await using var polled = await PolledProxy.StartAsync(prepare: static upstream => upstream.SetDocument("ser.env", Document(0)));

        await polled.Proxy.Publisher.PublishAsync(polled.Environment, Document(1), CancellationToken.None);
        await Patience.UntilAsync(() => Differences().Length >= Features, "an entry for each difference");

        Assert.Equal(Features, Differences().Distinct().Count());

        string[] Differences() =>
            [.. polled.Proxy.Log.Entries.Where(static entry => entry.EventId == EventIds.ContentDifference).Select(static entry => entry.Message)];
    }

    [Theory]
    [InlineData(-3, 3)]
    [InlineData(5, 0)]
    public async Task Changes_DocumentWithATime_SayHowLongItTook(int changedAt, double expected)
    {
        await using var polled = await PolledProxy.StartAsync();
        var updatedAt = polled.Time.GetUtcNow().AddSeconds(changedAt);

        await polled.Proxy.Publisher.PublishAsync(
            polled.Environment,
            PolledProxy.Document("second", document => document["updated_at"] = updatedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)),
            CancellationToken.None);
        await polled.Proxy.Log.WaitForAsync(static entry => entry.EventId == EventIds.ContentChanged);

        var change = Assert.Single(JsonNode.Parse(await polled.Proxy.Client.GetStringAsync("/proxy/environments/env/changes"))!["changes"]!.AsArray())!;
        Assert.Equal(updatedAt, (DateTimeOffset)change["updated_at"]!);
        Assert.Equal(expected, (double)change["delay_seconds"]!);
    }

    private static byte[] Document(int value) => PolledProxy.Document("x", document => document["feature_states"] = new JsonArray(
        [.. Enumerable.Range(1, Features).Select(number => Documents.State(number, $"feature {number}", true, value))]));
}

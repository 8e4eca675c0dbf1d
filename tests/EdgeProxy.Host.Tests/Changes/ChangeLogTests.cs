using System.Text.Json.Nodes;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Upstream;

namespace EdgeProxy.Host.Tests.Changes;

/// <summary>docs/spec/changes.md 2.1: the log has every difference, also those that are not kept.</summary>
public sealed class ChangeLogTests
{
    private const int Features = 60;

    [Fact]
    public async Task Change_MoreDifferencesThanAreKept_EachLogged()
    {
        await using var polled = await PolledProxy.StartAsync(prepare: static upstream => upstream.SetDocument("ser.env", Document(0)));

        await polled.Proxy.Publisher.PublishAsync(polled.Environment, Document(1), CancellationToken.None);
        await Patience.UntilAsync(() => Differences().Count >= Features, "an entry for each difference");

        Assert.Equal(Features, Differences().Distinct().Count());

        IReadOnlyList<string> Differences() =>
            [.. polled.Proxy.Log.Entries.Where(static entry => entry.EventId == EventIds.ContentDifference).Select(static entry => entry.Message)];
    }

    private static byte[] Document(int value) => PolledProxy.Document("x", document => document["feature_states"] = new JsonArray(
        [.. Enumerable.Range(1, Features).Select(number => Documents.State(number, $"feature {number}", true, value))]));
}

using System.Text;
using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Tests.Upstream;

/// <summary>Documents that are odd, but documents: they are served, and so is what comes after them.</summary>
public sealed class InvalidDocumentTests
{
    public static TheoryData<string?, string?> Times => new()
    {
        { null, null },
        { "yesterday", null },
        { "", null },
        { "2020-01-01T00:00:00Z", "1577836800" }, // older than the one before: the upstream's word counts
        { "2026-11-01T12:00:00.250000Z", "1793534400.25" }, // as old as the one before
        { "9999-12-31T23:59:59.999999Z", "253402300799.999999" },
        { "0001-01-01T00:00:00Z", "-62135596800" },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public async Task Poll_UnusualUpdatedAt_ServedAndSoIsTheNext(string? updatedAt, string? header)
    {
        await using var polled = await PolledProxy.StartAsync();

        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second", document => document["updated_at"] = updatedAt));
        await polled.PollTimesAsync(3); // an older one must be confirmed
        using (var response = await polled.Proxy.SendAsync(HttpMethod.Get, "/api/v1/flags/", "env"))
        {
            Assert.Contains("\"second\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal(header, response.Headers.TryGetValues("X-Flagsmith-Document-Updated-At", out var values) ? values.Single() : null);
        }

        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("third"));
        await polled.PollTimesAsync(3); // an older one must be confirmed
        Assert.Equal("third", await polled.PlainAsync());
        Assert.Equal(0, polled.Freshness.Failures);
        Assert.Null(polled.Freshness.LastError);
    }

    [Fact]
    public async Task Poll_NumberForUpdatedAt_Served()
    {
        await using var polled = await PolledProxy.StartAsync();

        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second", static document => document["updated_at"] = 5));
        await polled.PollAsync();

        Assert.Equal("second", await polled.PlainAsync());
    }

    [Fact]
    public async Task Poll_MembersTwice_TheLastCounts()
    {
        await using var polled = await PolledProxy.StartAsync();
        var text = Encoding.UTF8.GetString(PolledProxy.Document("second"));

        var twice = text
            .Replace("\"feature_state_value\":\"second\"", "\"feature_state_value\":\"never\",\"feature_state_value\":\"second\"", StringComparison.Ordinal)
            .Replace("\"feature_states\":[", "\"feature_states\":[],\"feature_states\":[", StringComparison.Ordinal)
            .Replace("\"identity_overrides\":[", "\"identity_overrides\":[{\"identifier\":\"never\"}],\"identity_overrides\":[", StringComparison.Ordinal);
        polled.Upstream.SetDocument("ser.env", Encoding.UTF8.GetBytes(twice));
        await polled.PollAsync();

        Assert.Equal("second", await polled.PlainAsync());
        Assert.Equal(twice, await polled.Proxy.GetAsync("/api/v1/environment-document/", "ser.env"));
        Assert.Contains("\"own\"", await polled.Proxy.GetAsync("/api/v1/identities/?identifier=olga", "env"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poll_NoFeatures_ServedAsNone()
    {
        await using var polled = await PolledProxy.StartAsync();

        polled.Upstream.SetDocument("ser.env", PolledProxy.Document("second", static document =>
        {
            document["feature_states"] = new JsonArray();
            document["identity_overrides"] = new JsonArray();
            document["project"]!["segments"] = new JsonArray();
        }));
        await polled.PollAsync();

        Assert.Equal("[]", await polled.Proxy.GetAsync("/api/v1/flags/", "env"));
    }
}

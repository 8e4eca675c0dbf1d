using System.Globalization;
using System.Text.Json;
using EdgeProxy.Host.Streams;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Streams;

/// <summary>The rules of SDKs that do not run here, as their sources have them, on the bytes of a stream.</summary>
public sealed class SdkRulesTests
{
    private const string DataPrefix = "data: ";

    [Theory]
    [InlineData("okhttp/4.12.0")] // Kotlin
    [InlineData("App/1 CFNetwork/1568.300.101 Darwin/24.2.0")] // iOS
    [InlineData("Dart/3.6 (dart:io)")] // Flutter
    [InlineData("Go-http-client/1.1")]
    [InlineData("python-requests/2.32.3")]
    [InlineData("Ruby")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64)")]
    [InlineData("node")]
    [InlineData("EdgeProxy/1.0.0")]
    [InlineData(null)]
    public async Task Event_AnySdk_Understood(string? userAgent)
    {
        await using var proxy = await StreamedProxy.StartAsync();
        (string, string)[] headers = userAgent is null ? [] : [("User-Agent", userAgent)];
        await using var stream = await proxy.OpenAsync(headers);
        Assert.DoesNotContain("event:", stream.Opening, StringComparison.Ordinal);
        if (userAgent?.StartsWith("EdgeProxy/", StringComparison.Ordinal) == true)
        {
            await stream.ReadChunkAsync(); // the present state
            proxy.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await proxy.PublishAsync("second");
        var block = await stream.ReadChunkAsync();

        // iOS: each received block by itself; the others line by line, up to an empty line.
        Assert.NotNull(block);
        Assert.EndsWith("\n\n", block, StringComparison.Ordinal);
        var lines = block.TrimEnd('\n').Split('\n');
        Assert.Equal("event: environment_updated", lines[0]); // JavaScript, Kotlin, Flutter: by the name

        // Go, Ruby: the prefix with one blank; JSON on one line.
        var data = Assert.Single(lines, static line => line.StartsWith("data:", StringComparison.Ordinal));
        Assert.StartsWith(DataPrefix + "{", data, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(data[DataPrefix.Length..]);
        var number = json.RootElement.GetProperty("updated_at");
        Assert.Equal(JsonValueKind.Number, number.ValueKind); // Python

        // Flutter: a number that is written as a double; Kotlin, iOS, Go: one that a double holds.
        Assert.Matches("^[0-9]+\\.[0-9]{1,6}$", number.GetRawText());
        Assert.Equal(proxy.Time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0, double.Parse(number.GetRawText(), CultureInfo.InvariantCulture), 3);

        // A line that a parser may not know goes only to those that do.
        Assert.Equal(userAgent is not null && (userAgent[0] is 'M' or 'n' or 'E'), lines.Any(static line => line.StartsWith("id: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Stream_ReadAtItsEnd_AsRubyDoes_EventIsInIt()
    {
        await using var proxy = await StreamedProxy.StartAsync(new StreamOptions());
        var reading = proxy.Proxy.Client.GetStringAsync(new Uri("/sse/environments/env/stream", UriKind.Relative));
        await Patience.UntilAsync(() => proxy.Open == 1, "the stream");
        await proxy.PublishAsync("second");
        await Patience.UntilAsync(() => proxy.Events == 1, "the event");

        var text = await proxy.PassTimeUntilAsync(reading, TimeSpan.FromSeconds(1));

        Assert.Contains("event: environment_updated\ndata: {\"updated_at\": 1795341600.0}\n\n", text, StringComparison.Ordinal);
    }
}

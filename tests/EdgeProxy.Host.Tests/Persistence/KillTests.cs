using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace EdgeProxy.Host.Tests.Persistence;

/// <summary>
/// The real program, killed at any moment while it writes snapshots of a document that changes with every poll. It takes
/// all cores for that, and so no other tests run meanwhile.
/// </summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Seed = 20261101;
    private const int Rounds = 10;

    private readonly Random _random = new(Seed);

    [Fact]
    public async Task Killed_AtRandomMoments_NextStartServesTheLastWhileTheUpstreamHangs()
    {
        using var directory = new TemporaryDirectory();
        await using var upstream = await FakeUpstream.StartAsync();
        var versions = new Versions(upstream);
        var times = new List<double>();
        var last = 0;
        var interrupted = 0;
        for (var round = 0; round <= Rounds; round++)
        {
            var started = TimeProvider.System.GetTimestamp();
            using var program = Start(upstream.Address, directory.Path);
            using var client = new HttpClient { BaseAddress = await program.ReadAddressAsync() };
            if (round > 0)
            {
                var served = await WaitForDocumentAsync(client);
                times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
                var version = Versions.Of(served);
                Assert.Equal(Versions.Document(version), served);
                Assert.InRange(version, last, versions.Latest);
                output.WriteLine($"{times[^1]:0} ms to the first answer: version {version}; on disk before: {last}, last given: {versions.Latest}");
            }

            // From now on every poll gets another version, until the kill.
            versions.IsHanging = false;
            var enough = versions.Latest + _random.Next(2, 20);
            await Patience.UntilAsync(
                () => versions.Latest >= enough && NewestOnDisk(upstream.Address, directory.Path) > last, "some versions to be fetched, and one written");
            await Task.Delay(TimeSpan.FromMilliseconds(40 * _random.NextDouble()), TimeProvider.System);
            last = NewestOnDisk(upstream.Address, directory.Path);
            if (round % 2 == 1)
            {
                // Few random moments are in the middle of a file. Not on a thread that other tests need.
                await Task.Factory.StartNew(
                    () => WaitForUnfinishedFile(directory.Path), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }

            await program.KillAsync();
            versions.IsHanging = true;
            interrupted += Directory.GetFiles(directory.Path, "*.tmp").Length;
        }

        times.Sort();
        Assert.Equal(Rounds, times.Count);
        output.WriteLine($"median {times[times.Count / 2]:0} ms, most {times[^1]:0} ms; {interrupted} kills in the middle of a file");
    }

    [Fact]
    public async Task Killed_UpstreamRefusesConnections_NextStartServesTheLast()
    {
        using var directory = new TemporaryDirectory();
        Uri address;
        int last;
        await using (var upstream = await FakeUpstream.StartAsync())
        {
            _ = new Versions(upstream);
            address = upstream.Address;
            using var program = Start(address, directory.Path);
            await Patience.UntilAsync(() => NewestOnDisk(address, directory.Path) > 1, "some versions to be written");
            last = NewestOnDisk(address, directory.Path);
            await program.KillAsync();
        }

        var started = TimeProvider.System.GetTimestamp();
        using var next = Start(address, directory.Path);
        using var client = new HttpClient { BaseAddress = await next.ReadAddressAsync() };
        var served = await WaitForDocumentAsync(client);
        output.WriteLine($"{TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:0} ms to the first answer");

        Assert.True(Versions.Of(served) >= last);
        Assert.Equal(Versions.Document(Versions.Of(served)), served);
        Assert.Equal(0, await next.StopAsync());
    }

    [Fact]
    public async Task DiskFull_InTheMiddleOfAFile_ServesOnAndKeepsTheLastGoodOne()
    {
        using var directory = new TemporaryDirectory();
        await using var upstream = await FakeUpstream.StartAsync();
        var small = Encoding.UTF8.GetBytes(Documents.Small("env").ToJsonString());
        upstream.SetDocument("ser.env", small);

        // Files of this process cannot grow beyond 64 KiB: the write fails half way, as with a full disk.
        using var program = EdgeProxyProcess.StartAs(
            "bash",
            ["-c", "trap '' XFSZ; ulimit -f 64; exec dotnet \"$@\"", "bash", EdgeProxyProcess.Program, .. Arguments],
            [.. Variables(upstream.Address, directory.Path), ("DOTNET_EnableWriteXorExecute", "0")]);
        using var client = new HttpClient { BaseAddress = await program.ReadAddressAsync() };
        await Patience.UntilAsync(() => Directory.GetFiles(directory.Path, "*.snapshot").Length == 1, "the small document on disk");

        var large = Versions.Document(7);
        upstream.SetDocument("ser.env", large);
        await Patience.UntilAsync(async () => (await WaitForDocumentAsync(client)).AsSpan().SequenceEqual(large), "the large document to be served");
        while (!(await program.ReadLineAsync())!.Contains("could not be stored", StringComparison.Ordinal))
        {
            // Whatever else it has to say.
        }

        Assert.Equal(small, Read(upstream.Address, directory.Path)!.Content);
        Assert.Equal(0, await program.StopAsync());
        Assert.Single(Directory.GetFiles(directory.Path));
    }

    private static void WaitForUnfinishedFile(string directory)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!Directory.EnumerateFiles(directory, "*.tmp").Any())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience.Limit, "Nothing is written.");
        }
    }

    private static string[] Arguments => ["--host", "127.0.0.1", "--port", "0"];

    private static (string Name, string Value)[] Variables(Uri upstream, string directory) =>
    [
        ("API_URL", new Uri(upstream, "/api/v1").AbsoluteUri),
        ("API_POLL_FREQUENCY_SECONDS", "0.02"),
        ("API_POLL_TIMEOUT_SECONDS", "0.2"),
        ("ENVIRONMENT_KEY_PAIRS", """[{"server_side_key":"ser.env","client_side_key":"env"}]"""),
        ("SERVER_SHUTDOWN_DELAY_SECONDS", "0"),
        ("SNAPSHOT_DIRECTORY", directory),
    ];

    private static EdgeProxyProcess Start(Uri upstream, string directory) => EdgeProxyProcess.Start(Variables(upstream, directory), Arguments);

    private static async Task<byte[]> WaitForDocumentAsync(HttpClient client)
    {
        byte[]? document = null;
        await Patience.UntilAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/environment-document/");
                request.Headers.Add("X-Environment-Key", "ser.env");
                using var response = await client.SendAsync(request);
                document = response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync() : null;
                return document is not null;
            },
            "the document");
        return document!;
    }

    private static StoredDocument? Read(Uri upstream, string directory)
    {
        var store = new DocumentFiles(new PersistenceOptions { SnapshotDirectory = directory }, new DocumentOptions(), TimeProvider.System, NullLogger<DocumentFiles>.Instance);
        return store.Read(StoredDocumentName.OfDocument(new Uri(upstream, "/api/v1"), "env"));
    }

    private static int NewestOnDisk(Uri upstream, string directory) => Read(upstream, directory) is { } stored ? Versions.Of(stored.Content) : 0;

    /// <summary>An upstream that gives another version of a document of 200 KB each time; or none, and lets one wait.</summary>
    private sealed class Versions
    {
        private int _latest;

        public Versions(FakeUpstream upstream)
        {
            upstream.Behaviour = AnswerAsync;
        }

        public bool IsHanging { get; set; }

        public int Latest => Volatile.Read(ref _latest);

        public static byte[] Document(int version)
        {
            var document = Documents.Small("env");
            document["feature_states"]![0]!["feature_state_value"] = version;
            document["padding"] = new string((char)('a' + (version % 26)), 200_000);
            return Encoding.UTF8.GetBytes(document.ToJsonString());
        }

        public static int Of(byte[] document) => (int)JsonNode.Parse(document)!["feature_states"]![0]!["feature_state_value"]!;

        private Task AnswerAsync(HttpContext context) =>
            IsHanging ? ColdStart.HangAsync(context) : context.Response.Body.WriteAsync(Document(Interlocked.Increment(ref _latest))).AsTask();
    }
}

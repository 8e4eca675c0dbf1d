using System.Text;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Persistence;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Upstream;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Host.Tests.Persistence;

/// <summary>Permissions of stored files, and secrecy of keys in them.</summary>
public sealed class FileProtectionTests : IDisposable
{
    private const string ClientSideKey = "kTestClientSideKey22Chars";
    private const string ServerSideKey = "ser.kTestServerSideKeyChars";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Keep_NoDirectoryYet_MadeForTheOwnerAlone()
    {
        var path = _directory.Combine("made/deep");

        var files = await KeepAsync(path);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(path).UnixFileMode);
        Assert.All(files, static file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode));
    }

    [Fact]
    public async Task Keep_Document_NoKeyInNamesNorBesideTheContent()
    {
        var document = Encoding.UTF8.GetBytes(Documents.Small(ClientSideKey).ToJsonString());

        var file = Assert.Single(await KeepAsync(_directory.Path));

        Assert.Matches("^[0-9a-f]{32}\\.[01]\\.snapshot$", Path.GetFileName(file));
        var bytes = File.ReadAllBytes(file);
        var content = bytes.AsSpan().IndexOf(document);
        Assert.True(content > 0);
        var beside = Encoding.Latin1.GetString([.. bytes[..content], .. bytes[(content + document.Length)..]]);
        Assert.DoesNotContain(ClientSideKey[..8], beside, StringComparison.Ordinal);
        Assert.DoesNotContain("ser.", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.OtherWrite, true)]
    [InlineData(UnixFileMode.GroupWrite, false)]
    [InlineData(UnixFileMode.OtherRead | UnixFileMode.OtherExecute, false)]
    public async Task Start_DirectoryOpenToOthers_WarnedIfTheyMayWrite(UnixFileMode others, bool isWarned)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = _directory.Combine("open");
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | others);
        var log = new LogCollector();

        new DocumentFiles(new PersistenceOptions { SnapshotDirectory = path }, new DocumentOptions(), TimeProvider.System, new LoggerFactory([log]).CreateLogger<DocumentFiles>()).Prepare();

        Assert.Equal(isWarned, log.Entries.Any(static entry => entry.EventId == EventIds.StoreDirectoryWritableByAnyone));
    }

    /// <summary>Has a proxy fetch a document and stop.</summary>
    private static async Task<string[]> KeepAsync(string directory)
    {
        await using var upstream = await FakeUpstream.StartAsync();
        upstream.SetDocument(ServerSideKey, Encoding.UTF8.GetBytes(Documents.Small(ClientSideKey).ToJsonString()));
        var options = new ProxyOptions
        {
            Upstream = new UpstreamOptions { ApiUrl = new Uri(upstream.Address, "/api/v1") },
            EnvironmentKeyPairs = [new EnvironmentKeyPairOptions(ServerSideKey, ClientSideKey)],
            Persistence = new PersistenceOptions { SnapshotDirectory = directory },
        };
        await using (var proxy = await TestProxy.StartAsync(options))
        {
            await proxy.WaitUntilLoadedAsync();
        }

        return Directory.GetFiles(directory);
    }
}

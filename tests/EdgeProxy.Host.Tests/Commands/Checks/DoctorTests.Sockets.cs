using System.Net.Sockets;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands.Checks;

/// <content>The Unix socket for operators' paths, and the owner of the snapshot directory.</content>
public sealed partial class DoctorTests
{
    private const string Token = "0123456789abcdef0123";

    [Fact]
    public async Task UnixSocket_Free_OkAndNothingLeftThere()
    {
        var path = _directory.Combine("operators.sock");

        await AssertSocketAsync(Well, $"operators.unix_socket: {path} can be listened on", path);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task UnixSocket_Stale_OkAndLeftToTheStart()
    {
        var path = _directory.Combine("operators.sock");
        using (Listen(path + ".killed"))
        {
            File.Move(path + ".killed", path); // what a process leaves that was killed
        }

        await AssertSocketAsync(Well, $"{path} is a socket that nobody listens on, left by a process that was killed; the start replaces it", path);

        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task UnixSocket_OfARunningEdgeProxy_Ok()
    {
        var path = _directory.Combine("operators.sock");
        await using var proxy = await TestProxy.ServeAsync(
            new ProxyOptions { Operators = new OperatorOptions { Token = Token, UnixSocket = path } }, Documents.Small("env").ToJsonString());

        await AssertSocketAsync(Well, $"operators.unix_socket: an EdgeProxy listens on {path} already", path);
    }

    [Fact]
    public async Task UnixSocket_OfAnotherProgram_Named()
    {
        var path = _directory.Combine("operators.sock");
        using var other = Listen(path);

        await AssertSocketAsync(Failures, $"operators.unix_socket: another program listens on {path}", path);
    }

    [Fact]
    public async Task UnixSocket_AFile_NamedAndLeftAlone()
    {
        var path = _directory.Combine("notes.txt");
        await File.WriteAllTextAsync(path, "of somebody");

        await AssertSocketAsync(Failures, $"operators.unix_socket: {path} exists, and is no socket", path);

        Assert.Equal("of somebody", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public Task UnixSocket_NoDirectory_Named()
    {
        var directory = _directory.Combine("run");
        return AssertSocketAsync(Failures, $"cannot be created: there is no directory {directory}", Path.Combine(directory, "operators.sock"));
    }

    [Fact]
    public async Task Directory_Usable_OwnerGroupAndPermissionsTold()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // elsewhere the owner is not told
        }

        await using var upstream = await StartUpstreamAsync();
        File.SetUnixFileMode(_directory.Path, (UnixFileMode)0b111_101_000);

        var (code, output) = await RunAsync(ApiUrl(upstream.Address), ("SNAPSHOT_DIRECTORY", _directory.Path));

        Assert.Matches("snapshot directory .* can be written to by .*; owner .*, group .*, permissions rwxr-x---; [0-9]+ MB free", output);
        Assert.Equal(Well, code);
    }

    private static Socket Listen(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        return socket;
    }

    private static async Task AssertSocketAsync(int code, string sentence, string path)
    {
        await using var upstream = await StartUpstreamAsync();
        await AssertSaysAsync(code, sentence, ApiUrl(upstream.Address), ("OPERATORS_UNIX_SOCKET", path), ("SERVER_ADMIN_TOKEN", Token));
    }
}

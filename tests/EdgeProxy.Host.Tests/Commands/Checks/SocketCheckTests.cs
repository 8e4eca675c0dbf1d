using System.Net.Sockets;
using EdgeProxy.Host.Commands.Checks;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands.Checks;

/// <summary>The Unix socket for operators' paths.</summary>
public sealed class SocketCheckTests : IDisposable
{
    private const int Well = 0;
    private const int Failures = 2;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Run_Free_OkAndNothingLeftThere()
    {
        var path = _directory.Combine("operators.sock");

        await AssertSaysAsync(Well, $"operators.unix_socket: {path} can be listened on", path);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task Run_Stale_OkAndLeftToTheStart()
    {
        var path = _directory.Combine("operators.sock");
        using (Listen(path + ".killed"))
        {
            File.Move(path + ".killed", path); // what a process leaves that was killed
        }

        await AssertSaysAsync(Well, $"{path} is a socket that nobody listens on, left by a process that was killed; the start replaces it", path);

        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task Run_OfARunningEdgeProxy_Ok()
    {
        var path = _directory.Combine("operators.sock");
        await using var proxy = await TestProxy.ServeAsync(
            new ProxyOptions { Operators = new OperatorOptions { Token = "operators-only", UnixSocket = path } }, Documents.Small("env").ToJsonString());

        await AssertSaysAsync(Well, $"operators.unix_socket: an EdgeProxy listens on {path} already", path);
    }

    [Fact]
    public async Task Run_OfAnotherProgram_Named()
    {
        var path = _directory.Combine("operators.sock");
        using var other = Listen(path);

        await AssertSaysAsync(Failures, $"operators.unix_socket: another program listens on {path}", path);
    }

    [Fact]
    public async Task Run_AFile_NamedAndLeftAlone()
    {
        var path = _directory.Combine("notes.txt");
        await File.WriteAllTextAsync(path, "of somebody");

        await AssertSaysAsync(Failures, $"operators.unix_socket: {path} exists, and is no socket", path);

        Assert.Equal("of somebody", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public Task Run_NoDirectory_Named()
    {
        var directory = _directory.Combine("run");
        return AssertSaysAsync(Failures, $"cannot be created: there is no directory {directory}", Path.Combine(directory, "operators.sock"));
    }

    private static Socket Listen(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        return socket;
    }

    private static async Task AssertSaysAsync(int code, string sentence, string path)
    {
        var context = CheckSetUp.With(options => options with { Operators = new OperatorOptions { Token = "operators-only", UnixSocket = path } });
        var report = new CheckReport();
        await SocketCheck.RunAsync(context, report, CancellationToken.None);
        var (actual, text) = CheckSetUp.Read(report);

        Assert.Contains(sentence, text, StringComparison.Ordinal);
        Assert.Equal(code, actual);
    }
}

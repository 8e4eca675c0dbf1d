using System.Diagnostics;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Common;

public sealed class BoundedReadTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Pipe => _directory.Combine("pipe");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Run_PipeThatNobodyWritesTo_FailsAfterTheLimit()
    {
        await NamedPipe.CreateAsync(Pipe);

        var exception = Assert.Throws<IOException>(() => BoundedRead.Run(() => File.ReadAllText(Pipe), TimeSpan.FromSeconds(0.2)));

        Assert.Contains("did not answer within 0.2 s", exception.Message, StringComparison.Ordinal);
        await WriteAsync(); // so that the thread ends
    }

    [Fact]
    public async Task Run_PipeThatIsWrittenTo_Read()
    {
        await NamedPipe.CreateAsync(Pipe);
        var writing = WriteAsync();

        Assert.Equal("content", BoundedRead.Run(() => File.ReadAllText(Pipe)));
        await writing;
    }

    [Fact]
    public void Run_NoSuchFile_SaysSo() =>
        Assert.Throws<FileNotFoundException>(() => BoundedRead.Run(() => File.ReadAllText(_directory.Combine("none"))));

    private async Task WriteAsync()
    {
        using var write = Process.Start("sh", ["-c", "printf content > \"$0\"", Pipe]);
        await write.WaitForExitAsync();
        Assert.Equal(0, write.ExitCode);
    }
}

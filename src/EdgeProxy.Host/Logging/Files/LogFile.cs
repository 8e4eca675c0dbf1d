using System.Text;
using System.Threading.Channels;

namespace EdgeProxy.Host.Logging.Files;

/// <summary>
/// A file that lines are added to. They are queued and written elsewhere; a disk that stands still costs lines, and nothing
/// else. A file that was renamed or removed, as rotation does, is made anew.
/// </summary>
internal sealed class LogFile : IAsyncDisposable
{
    private const int MaxQueued = 2500;

    private readonly string _path;
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(
        new BoundedChannelOptions(MaxQueued) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Task _writing;

    /// <param name="path">The path.</param>
    public LogFile(string path)
    {
        _path = path;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Adds a line, or drops it if too many wait.</summary>
    public void Add(string line) => _lines.Writer.TryWrite(line);

    /// <summary>Writes what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAsync()
    {
        var batch = new StringBuilder();
        while (await _lines.Reader.WaitToReadAsync())
        {
            while (batch.Length < 64 * 1024 && _lines.Reader.TryRead(out var line))
            {
                batch.Append(line).Append('\n');
            }

            try
            {
                // Opened for each batch, which finds a file that was rotated without having to look for it.
                await File.AppendAllTextAsync(_path, batch.ToString());
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The log has nowhere to say it; the standard output has the lines.
            }

            batch.Clear();
        }
    }
}

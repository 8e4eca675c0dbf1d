using System.Text;
using System.Threading.Channels;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Logging.Files;

/// <summary>
/// A file that log lines are appended to. Lines are queued and written by another thread; a blocked disk loses lines, and
/// delays nothing. A file that was renamed or removed by rotation is created again.
/// </summary>
internal sealed class LogFile : IAsyncDisposable
{
    private const int MaxQueued = 2500;

    private readonly string _path;
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(
        new BoundedChannelOptions(MaxQueued) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly LogThrottle _failures = new(TimeProvider.System);
    private readonly Task _writing;

    /// <param name="path">The path.</param>
    public LogFile(string path)
    {
        _path = path;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Appends a line, or drops it if the queue is full.</summary>
    public void Add(string line) => _lines.Writer.TryWrite(line);

    /// <summary>Writes the queued lines.</summary>
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
                // Opened for each batch, so that a rotated file is noticed without a check.
                await File.AppendAllTextAsync(_path, batch.ToString());
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The log cannot report its own failure.
                if (_failures.ShouldLog())
                {
                    await Console.Error.WriteLineAsync($"The log file {_path} cannot be written: {FileErrors.Describe(_path, exception)}. Lines are lost meanwhile; reported once a minute");
                }
            }

            batch.Clear();
        }
    }
}

using System.Globalization;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>Shows the progress of a comparison on standard error: one line that changes on a terminal, plain lines elsewhere.</summary>
internal static class ComparisonProgress
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(10);

    /// <summary>Shows the progress until the run ends.</summary>
    /// <param name="run">The comparison.</param>
    /// <param name="work">Its task.</param>
    public static async Task<ComparisonResult> ShowAsync(ComparisonRun run, Task<ComparisonResult> work)
    {
        var isTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        var started = TimeProvider.System.GetTimestamp();
        var interval = isTerminal ? OnTerminal : Elsewhere;
        while (await Task.WhenAny(work, Task.Delay(interval, TimeProvider.System)) != work)
        {
            var line = Line(run.Done, run.Total, run.Different, TimeProvider.System.GetElapsedTime(started));
            await (isTerminal ? Console.Error.WriteAsync($"\r\u001b[K{Cut(line, Console.WindowWidth)}") : Console.Error.WriteLineAsync(line));
        }

        if (isTerminal)
        {
            await Console.Error.WriteAsync("\r\u001b[K");
        }

        return await work;
    }

    /// <summary>Cuts a line to the width of the terminal: one that wraps could not be replaced by the next.</summary>
    public static string Cut(string line, int width) => line.Length < width || width < 2 ? line : $"{line.AsSpan(0, width - 2)}…";

    /// <summary>Formats the progress: done, rate, differences so far, time left.</summary>
    public static string Line(int done, int total, int different, TimeSpan elapsed)
    {
        var rate = elapsed > TimeSpan.Zero ? done / elapsed.TotalSeconds : 0;
        var left = rate > 0 ? $", {ShortTime.Of(TimeSpan.FromSeconds((total - done) / rate))} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{done} of {total} questions, {rate:0} a second, {different} with differences{left}");
    }
}

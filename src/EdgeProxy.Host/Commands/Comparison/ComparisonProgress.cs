using System.Globalization;
using EdgeProxy.Host.Common;
using Spectre.Console;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>Shows the progress of a comparison on standard error: a bar on a terminal, plain lines elsewhere.</summary>
internal static class ComparisonProgress
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(10);

    /// <summary>Shows the progress until the run ends.</summary>
    /// <param name="run">The comparison.</param>
    /// <param name="work">Its task.</param>
    public static async Task<ComparisonResult> ShowAsync(ComparisonRun run, Task<ComparisonResult> work)
    {
        var started = TimeProvider.System.GetTimestamp();
        if (Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb")
        {
            await WriteLinesAsync(Read, work);
        }
        else
        {
            await ShowBarAsync(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }), run.Total, Read, work);
        }

        return await work;

        (int Done, string Line) Read() =>
            (run.Done, Line(run.Done, run.Total, run.Different, TimeProvider.System.GetElapsedTime(started)));
    }

    /// <summary>Shows a bar until the work ends; nothing of it is left then.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="total">The number of questions.</param>
    /// <param name="read">Reads the progress: the number of questions that were asked, and the line to show.</param>
    /// <param name="work">The work, whose exceptions are its caller's.</param>
    public static Task ShowBarAsync(IAnsiConsole console, int total, Func<(int Done, string Line)> read, Task work) =>
        console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("questions", autoStart: true, Math.Max(1, total));
                do
                {
                    var (done, line) = read();
                    bar.Value = done;
                    bar.Description = Markup.Escape(line);
                }
                while (await Task.WhenAny(work, Task.Delay(OnTerminal, TimeProvider.System)) != work);
            });

    /// <summary>Formats the progress: done, rate, differences so far, time left.</summary>
    public static string Line(int done, int total, int different, TimeSpan elapsed)
    {
        var rate = elapsed > TimeSpan.Zero ? done / elapsed.TotalSeconds : 0;
        var left = rate > 0 ? $", {ShortTime.Of(TimeSpan.FromSeconds((total - done) / rate))} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{done} of {total} questions, {rate:0} a second, {different} with differences{left}");
    }

    private static async Task WriteLinesAsync(Func<(int Done, string Line)> read, Task work)
    {
        while (await Task.WhenAny(work, Task.Delay(Elsewhere, TimeProvider.System)) != work)
        {
            await Console.Error.WriteLineAsync(read().Line);
        }
    }
}

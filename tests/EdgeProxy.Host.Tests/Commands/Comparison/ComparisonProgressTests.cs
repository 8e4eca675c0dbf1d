using EdgeProxy.Host.Commands.Comparison;
using Spectre.Console;

namespace EdgeProxy.Host.Tests.Commands.Comparison;

/// <summary>The line that shows how far a comparison is.</summary>
public sealed class ComparisonProgressTests
{
    [Theory]
    [InlineData(0, 0, 0, "0 of 500 questions, 0 a second, 0 with differences")]
    [InlineData(100, 3, 2, "100 of 500 questions, 50 a second, 3 with differences, 8 s left")]
    [InlineData(500, 0, 10, "500 of 500 questions, 50 a second, 0 with differences, 0 s left")]
    [InlineData(10, 1, 10, "10 of 500 questions, 1 a second, 1 with differences, 8 min left")]
    public void Line_Progress_DoneRateDifferencesAndTimeLeft(int done, int different, int seconds, string expected) =>
        Assert.Equal(expected, ComparisonProgress.Line(done, 500, different, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public async Task ShowBarAsync_Terminal_LineAndBarUntilTheWorkEnds()
    {
        var work = new TaskCompletionSource();
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 120;
        var reads = 0;

        await ComparisonProgress.ShowBarAsync(
            console,
            500,
            () =>
            {
                if (++reads > 1)
                {
                    work.TrySetResult();
                }

                return (250, "250 of 500 questions, [50] a second");
            },
            work.Task);

        Assert.Contains("250 of 500 questions, [50] a second", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("50%", output.ToString(), StringComparison.Ordinal);
    }
}

using EdgeProxy.Host.Commands.Comparison;

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

    [Theory]
    [InlineData(80, "12345678")]
    [InlineData(9, "12345678")]
    [InlineData(8, "123456…")]
    [InlineData(4, "12…")]
    [InlineData(0, "12345678")] // a terminal that does not tell its width
    public void Cut_Width_OneColumnStaysFree(int width, string expected) => Assert.Equal(expected, ComparisonProgress.Cut("12345678", width));
}

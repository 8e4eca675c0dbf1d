using System.Text;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Evaluation;

/// <summary>Text that looks like a number (docs/spec/evaluation.md 4.5).</summary>
public sealed class NumberTextTests
{
    [Theory]
    [InlineData("0", ScalarKind.Integer)]
    [InlineData("007", ScalarKind.Integer)]
    [InlineData("-12", ScalarKind.Integer)]
    [InlineData("-0", ScalarKind.Integer)]
    [InlineData("100000000000000000000", ScalarKind.Integer)]
    [InlineData("1.5", ScalarKind.Double)]
    [InlineData("-00.50", ScalarKind.Double)]
    [InlineData("9.0", ScalarKind.Double)]
    [InlineData("", ScalarKind.String)]
    [InlineData("-", ScalarKind.String)]
    [InlineData("--1", ScalarKind.String)]
    [InlineData("+1", ScalarKind.String)]
    [InlineData("1-", ScalarKind.String)]
    [InlineData(" 1", ScalarKind.String)]
    [InlineData("1 ", ScalarKind.String)]
    [InlineData("1.", ScalarKind.String)]
    [InlineData(".5", ScalarKind.String)]
    [InlineData("-.5", ScalarKind.String)]
    [InlineData("1.5.2", ScalarKind.String)]
    [InlineData("1.x", ScalarKind.String)]
    [InlineData("1.5x", ScalarKind.String)]
    [InlineData("1,5", ScalarKind.String)]
    [InlineData("1e3", ScalarKind.String)]
    [InlineData("x", ScalarKind.String)]
    [InlineData("１", ScalarKind.String)]
    public void Classify_AnyText_AsSpecified(string text, ScalarKind expected)
    {
        Assert.Equal(expected, NumberText.Classify(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("0", "", false)]
    [InlineData("-000", "", true)]
    [InlineData("7", "7", false)]
    [InlineData("-7", "7", true)]
    [InlineData("0070", "70", false)]
    [InlineData("-0070", "70", true)]
    public void Magnitude_OfAnInteger_WithoutSignAndLeadingZeros(string integer, string magnitude, bool isNegative)
    {
        var text = Encoding.UTF8.GetBytes(integer);

        Assert.Equal(magnitude, Encoding.UTF8.GetString(NumberText.Magnitude(text)));
        Assert.Equal(isNegative, NumberText.IsNegative(text));
    }

    [Fact]
    public void Accumulate_UpToEighteenDigits_TheirValue()
    {
        Assert.Equal(0, NumberText.Accumulate(default));
        Assert.Equal(70, NumberText.Accumulate("70"u8));
        Assert.Equal(999_999_999_999_999_999, NumberText.Accumulate("999999999999999999"u8));
    }
}

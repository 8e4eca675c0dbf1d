using System.Globalization;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Tests.Values;

/// <summary>Literals that Python's <c>int()</c> and <c>float()</c> accept; every expectation was checked with Python 3.11.</summary>
public sealed class PythonLiteralTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("007", "7")]
    [InlineData("-007", "-7")]
    [InlineData("+5", "5")]
    [InlineData(" 3", "3")]
    [InlineData("3\n\t\v\f\r ", "3")]
    [InlineData("1_000", "1000")]
    [InlineData("0_0", "0")]
    [InlineData("100000000000000000000", "100000000000000000000")]
    [InlineData("\u00a05\u2003", "5")]
    [InlineData("١٢٣", "123")]
    [InlineData("-１２", "-12")]
    [InlineData("𝟏𝟐", "12")]
    [InlineData("1.0", null)]
    [InlineData("1e3", null)]
    [InlineData("", null)]
    [InlineData(" ", null)]
    [InlineData("-", null)]
    [InlineData("--1", null)]
    [InlineData("- 1", null)]
    [InlineData("1 2", null)]
    [InlineData("١\u2003٢", null)]
    [InlineData("_1", null)]
    [InlineData("1_", null)]
    [InlineData("1__0", null)]
    [InlineData("-_1", null)]
    [InlineData("0x10", null)]
    [InlineData("1\0", null)]
    [InlineData("1\u001c", null)]
    [InlineData("١\u001c", null)]
    [InlineData("\u001f١", null)]
    [InlineData("²", null)]
    [InlineData("inf", null)]
    [InlineData(null, null)]
    public void TryParseInteger_AnyText_AsPython(string? text, string? expected)
    {
        Assert.Equal(expected is not null, PythonLiteral.TryParseInteger(text, out var value));
        Assert.Equal(expected ?? "0", value.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData(" -2.50\n", -2.5)]
    [InlineData("1.", 1.0)]
    [InlineData(".5", 0.5)]
    [InlineData("-.5e1", -5.0)]
    [InlineData("1e3", 1000.0)]
    [InlineData("1E+3", 1000.0)]
    [InlineData("1_0.0_1e0_1", 100.1)]
    [InlineData("12345678901234567.0", 12345678901234568.0)]
    [InlineData("1e999", double.PositiveInfinity)]
    [InlineData("-1e999", double.NegativeInfinity)]
    [InlineData("1e-999", 0.0)]
    [InlineData("1e99999999999999999999", double.PositiveInfinity)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("+INF", double.PositiveInfinity)]
    [InlineData("nan", double.NaN)]
    [InlineData("-NaN", double.NaN)]
    [InlineData("١.٥", 1.5)]
    public void TryParseDouble_ANumber_AsPython(string text, double expected)
    {
        Assert.True(PythonLiteral.TryParseDouble(text, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("-.")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1 .5")]
    [InlineData("1._5")]
    [InlineData("1_.5")]
    [InlineData("1e_5")]
    [InlineData("1,5")]
    [InlineData("0x1p3")]
    [InlineData("infin")]
    [InlineData("nan()")]
    [InlineData("1f")]
    [InlineData("1\0")]
    [InlineData("1.\0")]
    [InlineData("1e5\0")]
    [InlineData(null)]
    public void TryParseDouble_NotANumber_False(string? text)
    {
        Assert.False(PythonLiteral.TryParseDouble(text, out _));
    }
}

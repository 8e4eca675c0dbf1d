using System.Numerics;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Model;

public sealed class ScalarValueTests
{
    [Fact]
    public void Conversions_AnyType_KindAndText()
    {
        Assert.Equal((ScalarKind.String, "x", "x"), Describe("x"));
        Assert.Equal((ScalarKind.Null, "null", "None"), Describe((string?)null));
        Assert.Equal((ScalarKind.Null, "null", "None"), Describe(default));
        Assert.Equal((ScalarKind.Integer, "42", "42"), Describe(42));
        Assert.Equal((ScalarKind.Integer, "-9223372036854775808", "-9223372036854775808"), Describe(long.MinValue));
        Assert.Equal((ScalarKind.Integer, "100000000000000000000", "100000000000000000000"), Describe(BigInteger.Pow(10, 20)));
        Assert.Equal((ScalarKind.Double, "1.0", "1.0"), Describe(1d));
        Assert.Equal((ScalarKind.Double, "1e-07", "1e-07"), Describe(1e-7));
        Assert.Equal((ScalarKind.Boolean, "true", "True"), Describe(true));
        Assert.Equal((ScalarKind.Boolean, "false", "False"), Describe(false));
    }

    [Theory]
    [InlineData("0", ScalarKind.Integer, "0")]
    [InlineData("-0", ScalarKind.Integer, "0")]
    [InlineData("-12", ScalarKind.Integer, "-12")]
    [InlineData("1.50", ScalarKind.Double, "1.5")]
    [InlineData("1e3", ScalarKind.Double, "1000.0")]
    [InlineData("-1E-2", ScalarKind.Double, "-0.01")]
    [InlineData("1e999", ScalarKind.Double, "inf")]
    public void FromJsonNumber_ANumber_KeepsItsSpelling(string json, ScalarKind kind, string asText)
    {
        Assert.Equal((kind, json, asText), Describe(ScalarValue.FromJsonNumber(json)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("0x1")]
    [InlineData("NaN")]
    [InlineData("1.5.2")]
    public void FromJsonNumber_NotANumber_Throws(string json)
    {
        Assert.Throws<FormatException>(() => ScalarValue.FromJsonNumber(json));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Conversion_NotFinite_Throws(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => (ScalarValue)value);
    }

    [Fact]
    public void As_AnotherType_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => ((ScalarValue)"1").AsDouble());
        Assert.Throws<InvalidOperationException>(() => ((ScalarValue)1.5).AsInteger());
        Assert.Throws<InvalidOperationException>(() => ((ScalarValue)1).AsBoolean());
        Assert.Equal(2, ((ScalarValue)2).AsInteger());
        Assert.Equal(2.0, ((ScalarValue)2).AsDouble());
        Assert.True(((ScalarValue)true).AsBoolean());
    }

    [Fact]
    public void Equals_SameSpellingOnly_True()
    {
        Assert.Equal((ScalarValue)1.5, ScalarValue.FromJsonNumber("1.5"));
        Assert.NotEqual((ScalarValue)1.5, ScalarValue.FromJsonNumber("1.50"));
        Assert.NotEqual((ScalarValue)"1", (ScalarValue)1);
        Assert.NotEqual((ScalarValue)"null", ScalarValue.Null);
        Assert.True((ScalarValue)"1" != (ScalarValue)1);
        Assert.False((ScalarValue)"1" != (ScalarValue)"1");
    }

    private static (ScalarKind, string, string) Describe(ScalarValue value) => (value.Kind, value.Text, value.AsText());
}

using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Tests.Values;

public sealed class DoubleTextTests
{
    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1e-07, "1e-07")]
    [InlineData(1.5e-05, "1.5e-05")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00012345, "0.00012345")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(9007199254740993.0, "9007199254740992.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(12345678901234567.0, "1.2345678901234568e+16")]
    [InlineData(123456789.125, "123456789.125")]
    [InlineData(1e100, "1e+100")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(2.2250738585072014e-308, "2.2250738585072014e-308")]
    [InlineData(2.9802322387695312e-08, "2.9802322387695312e-08")] // 2^-25, where the shortest digits are not enough
    [InlineData(5.960464477539063e-08, "5.960464477539063e-08")] // 2^-24, where they are
    [InlineData(100.0, "100.0")]
    [InlineData(3.14, "3.14")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void ToText_AnyDouble_IsShortestWithPointOrExponent(double value, string expected)
    {
        Assert.Equal(expected, DoubleText.ToText(value));
    }
}

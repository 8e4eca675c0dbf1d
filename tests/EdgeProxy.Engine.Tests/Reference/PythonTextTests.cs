using System.Globalization;

namespace EdgeProxy.Engine.Tests.Reference;

public sealed class PythonTextTests
{
    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(-1.0, "-1.0")]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(10.0, "10.0")]
    [InlineData(100.25, "100.25")]
    [InlineData(123456789.125, "123456789.125")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00012345, "0.00012345")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(1.5e-5, "1.5e-05")]
    [InlineData(1e-7, "1e-07")]
    [InlineData(1.25e-10, "1.25e-10")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(9999999999999998.0, "9999999999999998.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(12345678901234567.0, "1.2345678901234568e+16")]
    [InlineData(9007199254740993.0, "9007199254740992.0")]
    [InlineData(1e100, "1e+100")]
    [InlineData(-1.7976931348623157e308, "-1.7976931348623157e+308")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(2.2250738585072014e-308, "2.2250738585072014e-308")]
    // The doubles of which "R" gives too few digits.
    [InlineData(2.98023223876953125e-08, "2.9802322387695312e-08")]
    [InlineData(4.1045368012983762e-289, "4.1045368012983762e-289")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData("007", "007")]
    [InlineData(true, "True")]
    [InlineData(false, "False")]
    [InlineData(null, "None")]
    public void Of_AnyValue_IsAsPythonPrintsIt(object? value, string expected)
    {
        Assert.Equal(expected, PythonText.Of(value));
    }

    [Fact]
    public void Of_PowersOfTwo_ReadBackTheSame()
    {
        // Where the neighbours of a double are not equally far away, shortest digits are easiest to get wrong.
        for (var exponent = -1074; exponent <= 1023; exponent++)
        {
            var value = Math.ScaleB(1.0, exponent);
            Assert.Equal(value, double.Parse(PythonText.Of(value), CultureInfo.InvariantCulture));
        }
    }
}

using System.Globalization;
using EdgeProxy.Engine.Languages.JsonPaths;

namespace EdgeProxy.Engine.Tests.Languages.JsonPaths;

/// <summary>RFC 9535, 2.3.5.2.2: equality and order, of values and of Nothing.</summary>
public sealed class ComparisonTests
{
    [Theory]
    [InlineData("$.absent1 == $.absent2", true)]
    [InlineData("$.absent1 <= $.absent2", true)]
    [InlineData("$.absent == 'g'", false)]
    [InlineData("$.absent1 != $.absent2", false)]
    [InlineData("$.absent != 'g'", true)]
    [InlineData("1 <= 2", true)]
    [InlineData("1 > 2", false)]
    [InlineData("13 == '13'", false)]
    [InlineData("'a' <= 'b'", true)]
    [InlineData("'a' > 'b'", false)]
    [InlineData("$.obj == $.arr", false)]
    [InlineData("$.obj != $.arr", true)]
    [InlineData("$.obj == $.obj", true)]
    [InlineData("$.obj != $.obj", false)]
    [InlineData("$.arr == $.arr", true)]
    [InlineData("$.arr != $.arr", false)]
    [InlineData("$.obj == 17", false)]
    [InlineData("$.obj != 17", true)]
    [InlineData("$.obj <= $.arr", false)]
    [InlineData("$.obj < $.arr", false)]
    [InlineData("$.obj <= $.obj", true)]
    [InlineData("$.arr <= $.arr", true)]
    [InlineData("1 <= $.arr", false)]
    [InlineData("1 >= $.arr", false)]
    [InlineData("1 > $.arr", false)]
    [InlineData("1 < $.arr", false)]
    [InlineData("true <= true", true)]
    [InlineData("true > true", false)]
    public void Test_Section2353Examples_AreAsPrinted(string comparison, bool expected)
    {
        var nodes = Json.Query($"$[?{comparison}]").Select(Json.Parse("""{"obj":{"x":"y"},"arr":[2,3]}"""));

        Assert.Equal(expected ? 2 : 0, nodes.Count);
    }

    [Theory]
    [InlineData("@.x == @.y", true)]
    [InlineData("@.x != @.y", false)]
    [InlineData("@.x < @.y", false)]
    [InlineData("@.x >= @.y", true)]
    [InlineData("@.x == null", false)]
    [InlineData("@.x != null", true)]
    [InlineData("null != @.x", true)]
    [InlineData("@.x <= null", false)]
    [InlineData("@.n == null", true)]
    [InlineData("@.n <= null", true)]
    [InlineData("@.n < null", false)]
    [InlineData("@.n == false", false)]
    [InlineData("@.n == 0", false)]
    [InlineData("@.n == ''", false)]
    [InlineData("@.x == false", false)]
    [InlineData("@.x < 1", false)]
    [InlineData("!@.x", true)]
    [InlineData("!@.n", false)]
    [InlineData("@.n", true)]
    [InlineData("false <= true", false)]
    [InlineData("false != true", true)]
    [InlineData("true == 1", false)]
    [InlineData("true == 'true'", false)]
    [InlineData("true >= true", true)]
    [InlineData("@.e", true)]
    [InlineData("@.f", true)]
    public void Test_NothingNullAndBooleans_AreDifferentThings(string condition, bool expected)
    {
        Assert.Equal(expected, Json.Holds(condition, """{"n":null,"e":"","f":false}"""));
    }

    [Theory]
    [InlineData("1", "1", 0)]
    [InlineData("1", "1.0", 0)]
    [InlineData("1.0", "1.00", 0)]
    [InlineData("100", "1e2", 0)]
    [InlineData("1e2", "100.0", 0)]
    [InlineData("0", "-0", 0)]
    [InlineData("-0", "0.0", 0)]
    [InlineData("-0.0", "0", 0)]
    [InlineData("-0.0", "0e5", 0)]
    [InlineData("0.1", "0.10", 0)]
    [InlineData("1", "2", -1)]
    [InlineData("-2", "-1", -1)]
    [InlineData("-1", "0", -1)]
    [InlineData("-0", "1", -1)]
    [InlineData("9", "10", -1)]
    [InlineData("-10", "-9", -1)]
    [InlineData("1", "1.5", -1)]
    [InlineData("1.5", "2", -1)]
    [InlineData("-1.5", "-1", -1)]
    [InlineData("-2", "-1.5", -1)]
    [InlineData("-0.5", "0", -1)]
    [InlineData("0", "0.5", -1)]
    [InlineData("9007199254740992", "9007199254740993", -1)]
    [InlineData("9007199254740992.0", "9007199254740993", -1)]
    [InlineData("9007199254740993.0", "9007199254740993", -1)]
    [InlineData("-9007199254740993", "-9007199254740992.0", -1)]
    [InlineData("99999999999999999999999999", "100000000000000000000000000", -1)]
    [InlineData("-100000000000000000000000000", "-99999999999999999999999999", -1)]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890", 0)]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567891", -1)]
    [InlineData("100000000000000000000", "1e20", 0)]
    [InlineData("99999999999999999999", "1e20", -1)]
    [InlineData("1e20", "100000000000000000001", -1)]
    [InlineData("5e-324", "1e-323", -1)]
    [InlineData("1e999", "1e1000", 0)]
    [InlineData("123456789", "1e999", -1)]
    [InlineData("-1e999", "-123456789", -1)]
    [InlineData("-1e999", "1e999", -1)]
    public void Test_Numbers_CompareByWhatTheyAreWorth(string lower, string higher, int order)
    {
        Assert.Equal(order == 0, Json.Holds($"@[0]=={higher}", $"[{lower}]"));
        Assert.Equal(order == 0, Json.Holds($"{higher}==@[0]", $"[{lower}]"));
        Assert.Equal(order < 0, Json.Holds($"{lower}<{higher}", "0"));
        Assert.Equal(order < 0, Json.Holds($"{higher}>{lower}", "0"));
        Assert.False(Json.Holds($"{higher}<{lower}", "0"));
        Assert.True(Json.Holds($"{lower}<={higher}", "0"));
        Assert.Equal(order == 0, Json.Holds($"{higher}<={lower}", "0"));
    }

    [Fact]
    public void Test_RandomIntegersAndDoubles_CompareExactly()
    {
        var random = new Random(9535);
        for (var round = 0; round < 5_000; round++)
        {
            var integer = random.NextInt64(-(1L << 54), 1L << 54) >> random.Next(54);
            var number = random.Next(2) == 0 ? integer + random.Next(-2, 3) : (integer * 0.5) + random.NextDouble();
            var exact = ((decimal)integer).CompareTo(Exact(number));

            var (left, right) = (integer.ToString(CultureInfo.InvariantCulture), number.ToString("E17", CultureInfo.InvariantCulture));
            Assert.Equal(exact < 0, Json.Holds($"{left}<{right}", "0"));
            Assert.Equal(exact > 0, Json.Holds($"{left}>{right}", "0"));
            Assert.Equal(exact == 0, Json.Holds($"{left}=={right}", "0"));
        }

        // A cast to decimal rounds to 15 digits; halves do not.
        static decimal Exact(double number)
        {
            var whole = Math.Truncate(number);
            return (decimal)(long)whole + (decimal)(number - whole);
        }
    }

    [Theory]
    [InlineData("", "a")]
    [InlineData("", "\\u0000")]
    [InlineData("a", "aa")]
    [InlineData("a", "b")]
    [InlineData("B", "a")]
    [InlineData("10", "9")]
    [InlineData("z", "é")]
    [InlineData("a\\uFFFF", "a😀")]
    [InlineData("\\uE000", "😀")]
    [InlineData("\\uD7FF", "😀")]
    [InlineData("😀", "😁")]
    [InlineData("😀", "😀a")]
    [InlineData("\\uD83D\\uDFFF", "\\uD83E\\uDC00")]
    public void Test_Strings_CompareByCodePoint(string lower, string higher)
    {
        Assert.True(Json.Holds($"'{lower}'<'{higher}'", "0"));
        Assert.True(Json.Holds($"'{lower}'<=\"{higher}\"", "0"));
        Assert.True(Json.Holds($"\"{higher}\">'{lower}'", "0"));
        Assert.False(Json.Holds($"'{higher}'<='{lower}'", "0"));
        Assert.False(Json.Holds($"'{higher}'=='{lower}'", "0"));
        Assert.True(Json.Holds($"'{higher}'==@", $"\"{higher}\""));
    }

    [Theory]
    [InlineData("[]", "[]", true)]
    [InlineData("{}", "{}", true)]
    [InlineData("[]", "{}", false)]
    [InlineData("[1,2]", "[1,2]", true)]
    [InlineData("[1,2]", "[1.0,2e0]", true)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("[1]", "[1,1]", false)]
    [InlineData("[[1]]", "[[1]]", true)]
    [InlineData("[[1]]", "[[2]]", false)]
    [InlineData("""{"a":1,"b":[2]}""", """{"b":[2],"a":1}""", true)]
    [InlineData("""{"a":1}""", """{"a":2}""", false)]
    [InlineData("""{"a":1}""", """{"b":1}""", false)]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", false)]
    [InlineData("""{"a":{"b":null}}""", """{"a":{"b":null}}""", true)]
    [InlineData("""{"a":{"b":null}}""", """{"a":{}}""", false)]
    [InlineData("""{"a":1}""", "1", false)]
    [InlineData("[null]", "null", false)]
    public void Test_Structures_AreEqualByValue(string left, string right, bool expected)
    {
        Assert.Equal(expected, Json.Holds("@.l==@.r", $$"""{"l":{{left}},"r":{{right}}}"""));
        Assert.Equal(expected, Json.Holds("@.r>=@.l", $$"""{"l":{{left}},"r":{{right}}}"""));
        Assert.Equal(!expected, Json.Holds("@.r!=@.l", $$"""{"l":{{left}},"r":{{right}}}"""));
        Assert.False(Json.Holds("@.l<@.r", $$"""{"l":{{left}},"r":{{right}}}"""));
    }

    [Fact]
    public void Test_Precedence_IsNotThenAndThenOr()
    {
        Assert.True(Json.Holds("1==1||1==2&&1==2", "0"));
        Assert.False(Json.Holds("(1==1||1==2)&&1==2", "0"));
        Assert.True(Json.Holds("1==2&&1==2||1==1", "0"));
        Assert.True(Json.Holds("!@.a&&1==1", "0"));
        Assert.False(Json.Holds("!(@.a||1==1)", "0"));
    }

    [Fact]
    public void First_FilterOnScalar_SelectsNothing()
    {
        Assert.Null(Json.Query("$[?@==@]").First(PathNode.Of("abc")));
        Assert.Null(Json.Query("$[?@==@]").First(PathNode.Of(1)));
    }
}

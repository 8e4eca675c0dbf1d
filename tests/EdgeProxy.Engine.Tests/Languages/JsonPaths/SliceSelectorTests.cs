using System.Globalization;
using EdgeProxy.Engine.Languages.JsonPaths;

namespace EdgeProxy.Engine.Tests.Languages.JsonPaths;

/// <summary>RFC 9535, 2.3.4.2.2: every combination of small numbers against the RFC's own arithmetic, and large ones.</summary>
public sealed class SliceSelectorTests
{
    private const int Reach = 6;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Select_AllSmallSlices_AreAsTheRfcComputesThem(int length)
    {
        var array = PathNode.Array([.. Enumerable.Range(0, length).Select(static i => PathNode.Of((long)i))]);
        int?[] bounds = [null, .. Enumerable.Range(-Reach, (2 * Reach) + 1)];
        foreach (var start in bounds)
        {
            foreach (var end in bounds)
            {
                foreach (var step in bounds)
                {
                    var query = string.Create(CultureInfo.InvariantCulture, $"$[{start}:{end}:{step}]");
                    var actual = Json.Query(query).Select(array).Select(Json.Write);
                    Assert.Equal(string.Join(',', Expected(start, end, step ?? 1, length)), string.Join(',', actual));
                }
            }
        }
    }

    [Theory]
    [InlineData("$[-9007199254740991:9007199254740991]", "0,1,2")]
    [InlineData("$[::9007199254740991]", "0")]
    [InlineData("$[1::9007199254740991]", "1")]
    [InlineData("$[::-9007199254740991]", "2")]
    [InlineData("$[9007199254740991:-9007199254740991:-1]", "2,1,0")]
    [InlineData("$[9007199254740991]", "")]
    [InlineData("$[-9007199254740991]", "")]
    [InlineData("$[2147483648]", "")]
    [InlineData("$[4294967296]", "")]
    [InlineData("$[-4294967295]", "")]
    public void Select_NumbersAtTheLimits_DoNotOverflow(string query, string nodes)
    {
        Assert.Equal(nodes, Json.Select(query, "[0,1,2]"));
    }

    [Theory]
    [InlineData("$[0]")]
    [InlineData("$[-1]")]
    [InlineData("$[:]")]
    [InlineData("$[::-1]")]
    public void Select_NotAnArray_SelectsNothing(string query)
    {
        Assert.Equal("", Json.Select(query, """{"0":1,"-1":2}"""));
        Assert.Equal("", Json.Select(query, "\"abc\""));
        Assert.Equal("", Json.Select(query, "null"));
    }

    private static IEnumerable<int> Expected(int? start, int? end, int step, int length)
    {
        int Normalize(int i) => i >= 0 ? i : length + i;
        var first = Normalize(start ?? (step >= 0 ? 0 : length - 1));
        var last = Normalize(end ?? (step >= 0 ? length : -length - 1));
        if (step > 0)
        {
            var (lower, upper) = (Math.Min(Math.Max(first, 0), length), Math.Min(Math.Max(last, 0), length));
            for (var i = lower; i < upper; i += step)
            {
                yield return i;
            }
        }
        else if (step < 0)
        {
            var (upper, lower) = (Math.Min(Math.Max(first, -1), length - 1), Math.Min(Math.Max(last, -1), length - 1));
            for (var i = upper; lower < i; i += step)
            {
                yield return i;
            }
        }
    }
}

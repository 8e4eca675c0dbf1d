using System.Text;
using EdgeProxy.Engine.Languages.JsonPaths;
using EdgeProxy.Engine.Languages.JsonPaths.Parsing;
using EdgeProxy.Engine.Languages.JsonPaths.Queries;

namespace EdgeProxy.Engine.Tests.Languages.JsonPaths;

/// <summary>Queries and data made to overflow the stack, to run for ever, or to throw.</summary>
public sealed class HostileInputTests
{
    private const int Many = 100_000;

    /// <summary>A quarter of what threads have by default.</summary>
    private const int SmallStack = 256 * 1024;

    [Theory]
    [InlineData("$[?", "@", "]")]
    [InlineData("$[?@", "", "]")]
    [InlineData("$[?@.a==1&&$", "", "]")]
    [InlineData("$[?(", "@", ")]")]
    [InlineData("$[?!(", "@", ")]")]
    [InlineData("$[?count(", "@", ")==1]")]
    [InlineData("$[?length(value(", "@", "))==1]")]
    public void TryParse_NestingBeyondTheLimit_FailsOnASmallStack(string open, string core, string close)
    {
        OnSmallStack(() =>
        {
            for (var depth = 1; depth < 200; depth += 3)
            {
                var text = Repeat(open, depth) + core + Repeat(close, depth);
                if (JsonPathQuery.TryParse(text, out var query, out _))
                {
                    Assert.True(depth <= PathParser.MaxDepth);
                    query.First(Deep(depth));
                }
            }

            Json.Error(Repeat(open, Many) + core + Repeat(close, Many));
            Json.Error(Repeat(open, Many));
        });
    }

    [Fact]
    public void TryParse_NestingUpToTheLimit_Succeeds()
    {
        const int Depth = PathParser.MaxDepth;
        Json.Query(string.Concat("$", Repeat("[?@", Depth), Repeat("]", Depth)));
        Json.Query("$[?" + Repeat("(", Depth - 1) + "@" + Repeat(")", Depth - 1) + "]");
        Json.Query("$[?" + Repeat("length(", Depth - 1) + "@" + Repeat(")", Depth - 1) + "==1]");

        Assert.StartsWith("nested too deeply", Json.Error(string.Concat("$", Repeat("[?@", Depth + 1), Repeat("]", Depth + 1))), StringComparison.Ordinal);
        Json.Error("$[?" + Repeat("(", Depth) + "@" + Repeat(")", Depth) + "]");
        Json.Error("$[?" + Repeat("length(", Depth) + "@" + Repeat(")", Depth) + "==1]");
    }

    [Fact]
    public void TryParse_NestingThatClosesAgain_IsNotCounted()
    {
        Json.Query("$" + Repeat("[?(@.a==1)&&length(@)==1]", 1_000));
        Json.Query("$[" + string.Join(',', Enumerable.Repeat("?(@)", 1_000)) + "]");
        Json.Query("$[?" + string.Join("&&", Enumerable.Repeat("!(@||length('')==1)", 1_000)) + "]");
    }

    [Theory]
    [InlineData("$", ".a", "")]
    [InlineData("$", "..*", "")]
    [InlineData("$", "['a']", "")]
    [InlineData("$", "[0]", "")]
    [InlineData("$[0", ",0", "]")]
    [InlineData("$[?@", "||@.a", "]")]
    [InlineData("$[?@", "&&@.a", "]")]
    [InlineData("$[?@", ".a", "==1]")]
    [InlineData("$.", "a", "")]
    [InlineData("$['", "\\n", "']")]
    [InlineData("$[?@==1", "0", "]")]
    [InlineData("$[?@==1.", "0", "]")]
    [InlineData("$[", " ", "0]")]
    [InlineData("$[?@", " ", "]")]
    [InlineData("$[?(@", " ", ")]")]
    [InlineData("$[?match(@,'", "a?", "')]")]
    public void TryParse_VeryLong_SucceedsAndRuns(string open, string repeated, string close)
    {
        OnSmallStack(() => Json.Query(open + Repeat(repeated, Many) + close).First(Deep(8)));
    }

    [Fact]
    public void TryParse_DeepRegexpDeepInAQuery_SucceedsOnASmallStack()
    {
        const int Depth = PathParser.MaxDepth - 2;
        var regexp = Repeat("(", 64) + "a" + Repeat(")?", 64);
        var root = PathNode.Object([KeyValuePair.Create("p", PathNode.Of(regexp)), KeyValuePair.Create("a", Deep(Depth + 1))]);
        OnSmallStack(() =>
        {
            foreach (var argument in new[] { $"'{regexp}'", "$.p" })
            {
                var query = string.Concat("$", Repeat("[?@", Depth), $"[?search('a',{argument})]", Repeat("]", Depth));
                Assert.NotNull(Json.Query(query).First(root));
            }
        });
    }

    [Theory]
    [InlineData("$.a", " ", "")]
    [InlineData("$[", ",", "]")]
    [InlineData("$[", "9", "]")]
    [InlineData("$[-", "0", "1]")]
    [InlineData("$[?", "!", "@]")]
    [InlineData("$['", "a", "")]
    [InlineData("$['", "\\", "'")]
    [InlineData("$[?@==1", "e", "]")]
    [InlineData("$[?", "a", "(@)]")]
    [InlineData("$[?length(@", ",@", ")==1]")]
    public void TryParse_VeryLongAndMalformed_Fails(string open, string repeated, string close)
    {
        OnSmallStack(() => Json.Error(open + Repeat(repeated, Many) + close));
    }

    [Theory]
    [InlineData("$..*")]
    [InlineData("$..a")]
    [InlineData("$..[?@.a]")]
    [InlineData("$[?@==$[0]]")]
    [InlineData("$[?@!=$]")]
    [InlineData("$[?count(@..*)>1]")]
    public void First_VeryDeepTree_NeedsNoStack(string query)
    {
        OnSmallStack(() => Json.Query(query).First(PathNode.Array([Deep(Many), Deep(Many)])));
    }

    [Fact]
    public void First_QueryThatWouldRunForAges_IsStoppedWithoutAResult()
    {
        var wide = PathNode.Array([.. Enumerable.Range(0, 1_000).Select(static i => PathNode.Of((long)i))]);
        var nested = Repeat("$[?", 32) + "@<0" + Repeat("]", 32);
        var counted = Repeat("$[?count(", 16) + "$.*" + Repeat(")>0]", 16);
        var manySelectors = "$" + Repeat("[*,*,*,*,*,*,*,*,*,*]", 20);

        Assert.Null(Json.Query(nested).First(wide));
        Assert.Null(Json.Query(counted).First(wide));
        Assert.Null(Json.Query(manySelectors).First(Deep(20)));
        Assert.Null(Json.Query("$[?!" + nested + "]").First(wide));
    }

    [Fact]
    public void First_QuadraticQueryOverAThousandNodes_IsNotStopped()
    {
        var members = Enumerable.Range(0, 1_000).Select(static i => KeyValuePair.Create($"t{i}", PathNode.Of((long)i)));

        Assert.NotNull(Json.Query("$[?@==$.t999]").First(PathNode.Object([.. members])));
    }

    [Fact]
    public void First_ManyPatternsFromTheData_AreStopped()
    {
        var patterns = Enumerable.Range(0, 10_000).Select(static i => PathNode.Of($"\\p{{L}}{{{i % 1000}}}[^\\p{{N}}]x{i}"));

        Assert.Null(Json.Query("$[?search('abc',@)]").First(PathNode.Array([.. patterns])));
    }

    [Fact]
    public void TryParse_RandomText_NeverThrows()
    {
        var random = new Random(20_240_221);
        var bytes = new byte[64];
        for (var round = 0; round < 20_000; round++)
        {
            random.NextBytes(bytes);
            var units = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => (char)random.Next(0x10000)));
            Try("$" + Encoding.Latin1.GetString(bytes, 0, random.Next(bytes.Length)));
            Try("$['" + Encoding.UTF8.GetString(bytes, 0, random.Next(bytes.Length)) + "']");
            Try("$." + units);
            Try("$[?@=='" + units + "']");
        }

        static void Try(string text)
        {
            if (JsonPathQuery.TryParse(text, out var query, out var error))
            {
                query.First(Deep(4));
            }
            else
            {
                Assert.NotEmpty(error);
            }
        }
    }

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    /// <summary>Arrays and objects in turns, one in the other.</summary>
    private static PathNode Deep(int depth)
    {
        var node = PathNode.Of("core");
        for (var i = 0; i < depth; i++)
        {
            node = i % 2 == 0 ? PathNode.Array([node]) : PathNode.Object([KeyValuePair.Create("a", node)]);
        }

        return node;
    }

    private static void OnSmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action), SmallStack);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}

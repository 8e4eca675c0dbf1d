using System.Text;
using EdgeProxy.Engine.Languages.JsonPaths;
using EdgeProxy.Engine.Languages.JsonPaths.Queries;

namespace EdgeProxy.Engine.Tests.Languages.JsonPaths;

/// <summary>Thousands of queries that are almost right: none may throw, neither when read nor when run.</summary>
public sealed class MutationTests
{
    private const int RoundsASeed = 4_000;

    private static readonly string[] Queries =
    [
        "$",
        "$.identity.traits['my trait']",
        "$..book[?@.price<10 && !@.isbn || @.a == 'b'].title",
        "$[0,-1,'a',\"b\\u0061\",*,1:5:2,::-1,?@.a]",
        "$.a[?length(@.b) >= 2 && count(@..*) != 3]",
        "$.a[?match(@.b, '[a-z]\\\\p{Lu}{2,3}') || search($.e, \"(x|y)*.+\")]",
        "$[?value(@..u) == $.o.t['u'] || (@.x <= -1.5e3 && null != true)]",
        "$ .a [ 'b' , 0 ] ..* ..['\\uD83D\\uDE00']",
        "$[?@[?@.b == $['a'][6].b]]",
    ];

    /// <summary>Everything that means something, and some that almost does.</summary>
    private static readonly string[] Fragments =
    [
        "$", "@", ".", "..", "*", "[", "]", "(", ")", "?", "!", "=", "==", "!=", "<", "<=", ">", ">=", "&", "&&", "|", "||",
        ",", ":", "'", "\"", "\\", "\\u", "\\uD83D", "\\uDE00", "-", "0", "1", "9007199254740992", "1.5", "e", "E+1",
        "a", "b", "true", "null", "length(", "count(", "match(", "search(", "value(", "{", "}", "{2,}", "^", "+", "\\p{L}",
        " ", "\t", "\n", "\r", "\0", "\u007F", "\u0080", "\u2028", "é", "😀", "\uD83D", "\uDE00", "\uFFFF",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void TryParseAndFirst_MutatedQueries_NeverThrow(int seed)
    {
        var random = new Random(seed);
        var root = Json.Parse("""
            {"a":[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}],"o":{"p":1.5,"q":-2,"r":1e3,"t":{"u":6}},
            "e":"f","é":"😀","my trait":true,"identity":{"traits":{"my trait":null}},"book":[{"price":1,"title":"x"}]}
            """);
        var parsed = 0;
        for (var round = 0; round < RoundsASeed; round++)
        {
            var text = Mutate(Queries[random.Next(Queries.Length)], random);
            if (JsonPathQuery.TryParse(text, out var query, out var error))
            {
                parsed++;
                var first = query.First(root);
                AssertSameByHand(query, root, first);
                Assert.Same(first, query.First(root));
            }
            else
            {
                Assert.Contains(" at offset ", error, StringComparison.Ordinal);
            }
        }

        // Otherwise the mutations would only show that nonsense is refused.
        Assert.InRange(parsed, RoundsASeed / 20, RoundsASeed);
    }

    /// <summary>A singular query gives the same node as walking its steps.</summary>
    private static void AssertSameByHand(JsonPathQuery query, PathNode root, PathNode? first)
    {
        if (query.SingularSteps is not { } steps)
        {
            return;
        }

        var node = root;
        foreach (var step in steps)
        {
            if (step.Name is not null)
            {
                node = node is not null && node.TryGetMember(step.Name, out var member) ? member : null;
            }
            else if (node is not null)
            {
                var index = step.Index < 0 ? step.Index + node.Items.Count : step.Index;
                node = index >= 0 && index < node.Items.Count ? node.Items[(int)index] : null;
            }
        }

        Assert.Same(node, first);
    }

    private static string Mutate(string query, Random random)
    {
        var text = new StringBuilder(query);
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(1, 4), text.Length - at);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, Fragments[random.Next(Fragments.Length)]);
                    break;
                case 2:
                    text.Remove(at, length).Insert(at, Fragments[random.Next(Fragments.Length)]);
                    break;
                default:
                    text.Insert(random.Next(text.Length + 1), text.ToString(at, length));
                    break;
            }
        }

        return text.ToString();
    }
}

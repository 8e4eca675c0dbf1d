namespace EdgeProxy.Engine.Tests.Languages.JsonPaths;

/// <summary>
/// The examples of RFC 9535 by section: the whole nodelist, and its first node. Where the RFC allows several orders, the
/// members' own order, depth first.
/// </summary>
public sealed class RfcExampleTests
{
    private const string Store = """
        {"store":{"book":[
        {"category":"reference","author":"Nigel Rees","title":"Sayings of the Century","price":8.95},
        {"category":"fiction","author":"Evelyn Waugh","title":"Sword of Honour","price":12.99},
        {"category":"fiction","author":"Herman Melville","title":"Moby Dick","isbn":"0-553-21311-3","price":8.99},
        {"category":"fiction","author":"J. R. R. Tolkien","title":"The Lord of the Rings","isbn":"0-395-19395-8","price":22.99}],
        "bicycle":{"color":"red","price":399}}}
        """;

    private const string Filtered = """
        {"a":[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}],"o":{"p":1,"q":2,"r":3,"s":5,"t":{"u":6}},"e":"f"}
        """;

    private const string Letters = """["a","b","c","d","e","f","g"]""";
    private const string Descendants = """{"o":{"j":1,"k":2},"a":[5,3,[{"j":4},{"k":6}]]}""";
    private const string Nulls = """{"a":null,"b":[null],"c":[{}],"null":1}""";

    [Theory]
    [InlineData("$.store.book[*].author", "\"Nigel Rees\",\"Evelyn Waugh\",\"Herman Melville\",\"J. R. R. Tolkien\"")]
    [InlineData("$..author", "\"Nigel Rees\",\"Evelyn Waugh\",\"Herman Melville\",\"J. R. R. Tolkien\"")]
    [InlineData("$.store..price", "8.95,12.99,8.99,22.99,399")]
    [InlineData("$..book[2].author", "\"Herman Melville\"")]
    [InlineData("$..book[2].publisher", "")]
    [InlineData("$..book[-1].title", "\"The Lord of the Rings\"")]
    [InlineData("$..book[0,1].price", "8.95,12.99")]
    [InlineData("$..book[:2].price", "8.95,12.99")]
    [InlineData("$..book[?@.isbn].price", "8.99,22.99")]
    [InlineData("$..book[?@.price<10].price", "8.95,8.99")]
    [InlineData("$.store.bicycle.color", "\"red\"")]
    public void Select_Section15Bookstore_IsAsPrinted(string query, string nodes)
    {
        AssertNodes(query, Store, nodes);
    }

    [Theory]
    [InlineData("$.store.*", 2)]
    [InlineData("$..book[2]", 1)]
    [InlineData("$..book[?@.price<10]", 2)]
    [InlineData("$..*", 27)]
    public void Select_Section15Bookstore_HasAsManyNodes(string query, int count)
    {
        Assert.Equal(count, Json.Query(query).Select(Json.Parse(Store)).Count);
    }

    [Fact]
    public void Select_Section22Root_IsTheRoot()
    {
        AssertNodes("$", """{"k":"v"}""", """{"k":"v"}""");
    }

    [Theory]
    [InlineData("$.o['j j']", """{"k.k":3}""")]
    [InlineData("$.o['j j']['k.k']", "3")]
    [InlineData("$.o[\"j j\"][\"k.k\"]", "3")]
    [InlineData("$[\"'\"][\"@\"]", "2")]
    public void Select_Section231Names_IsAsPrinted(string query, string nodes)
    {
        AssertNodes(query, """{"o":{"j j":{"k.k":3}},"'":{"@":2}}""", nodes);
    }

    [Theory]
    [InlineData("$[*]", """{"j":1,"k":2},[5,3]""")]
    [InlineData("$.o[*]", "1,2")]
    [InlineData("$.o[*, *]", "1,2,1,2")]
    [InlineData("$.a[*]", "5,3")]
    public void Select_Section232Wildcards_IsAsPrinted(string query, string nodes)
    {
        AssertNodes(query, """{"o":{"j":1,"k":2},"a":[5,3]}""", nodes);
    }

    [Theory]
    [InlineData("$[1]", "\"b\"")]
    [InlineData("$[-2]", "\"a\"")]
    public void Select_Section233Indexes_IsAsPrinted(string query, string nodes)
    {
        AssertNodes(query, """["a","b"]""", nodes);
    }

    [Theory]
    [InlineData("$[1:3]", "\"b\",\"c\"")]
    [InlineData("$[5:]", "\"f\",\"g\"")]
    [InlineData("$[1:5:2]", "\"b\",\"d\"")]
    [InlineData("$[5:1:-2]", "\"f\",\"d\"")]
    [InlineData("$[::-1]", "\"g\",\"f\",\"e\",\"d\",\"c\",\"b\",\"a\"")]
    public void Select_Section234Slices_IsAsPrinted(string query, string nodes)
    {
        AssertNodes(query, Letters, nodes);
    }

    [Theory]
    [InlineData("$.a[?@.b == 'kilo']", """{"b":"kilo"}""")]
    [InlineData("$.a[?(@.b == 'kilo')]", """{"b":"kilo"}""")]
    [InlineData("$.a[?@>3.5]", "5,4,6")]
    [InlineData("$.a[?@.b]", """{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}""")]
    [InlineData("$[?@.*]", """[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}],{"p":1,"q":2,"r":3,"s":5,"t":{"u":6}}""")]
    [InlineData("$[?@[?@.b]]", """[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}]""")]
    [InlineData("$.o[?@<3, ?@<3]", "1,2,1,2")]
    [InlineData("$.a[?@<2 || @.b == \"k\"]", """1,{"b":"k"}""")]
    [InlineData("$.a[?match(@.b, \"[jk]\")]", """{"b":"j"},{"b":"k"}""")]
    [InlineData("$.a[?search(@.b, \"[jk]\")]", """{"b":"j"},{"b":"k"},{"b":"kilo"}""")]
    [InlineData("$.o[?@>1 && @<4]", "2,3")]
    [InlineData("$.o[?@.u || @.x]", """{"u":6}""")]
    [InlineData("$.a[?@.b == $.x]", "3,5,1,2,4,6")]
    [InlineData("$.a[?@ == @]", """3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}""")]
    public void Select_Section235Filters_IsAsPrinted(string query, string nodes)
    {
        AssertNodes(query, Filtered, nodes);
    }

    [Theory]
    [InlineData("$[0, 3]", "\"a\",\"d\"")]
    [InlineData("$[0:2, 5]", "\"a\",\"b\",\"f\"")]
    [InlineData("$[0, 0]", "\"a\",\"a\"")]
    public void Select_Section251ChildSegments_IsAsPrinted(string query, string nodes)
    {
        AssertNodes(query, Letters, nodes);
    }

    [Theory]
    [InlineData("$..j", "1,4")]
    [InlineData("$..[0]", """5,{"j":4}""")]
    [InlineData("$..[*]", """{"j":1,"k":2},[5,3,[{"j":4},{"k":6}]],1,2,5,3,[{"j":4},{"k":6}],{"j":4},{"k":6},4,6""")]
    [InlineData("$..*", """{"j":1,"k":2},[5,3,[{"j":4},{"k":6}]],1,2,5,3,[{"j":4},{"k":6}],{"j":4},{"k":6},4,6""")]
    [InlineData("$..o", """{"j":1,"k":2}""")]
    [InlineData("$.o..[*, *]", "1,2,1,2")]
    [InlineData("$.a..[0, 1]", """5,3,{"j":4},{"k":6}""")]
    public void Select_Section252DescendantSegments_IsAsPrinted(string query, string nodes)
    {
        AssertNodes(query, Descendants, nodes);
    }

    [Theory]
    [InlineData("$.a", "null")]
    [InlineData("$.a[0]", "")]
    [InlineData("$.a.d", "")]
    [InlineData("$.b[0]", "null")]
    [InlineData("$.b[*]", "null")]
    [InlineData("$.b[?@]", "null")]
    [InlineData("$.b[?@==null]", "null")]
    [InlineData("$.c[?@.d==null]", "")]
    [InlineData("$.null", "1")]
    public void Select_Section26Null_IsAsPrinted(string query, string nodes)
    {
        AssertNodes(query, Nulls, nodes);
    }

    private static void AssertNodes(string query, string json, string nodes)
    {
        Assert.Equal(nodes, Json.Select(query, json));

        var first = Json.Query(query).First(Json.Parse(json));
        Assert.Equal(nodes.Length > 0, first is not null);
        Assert.StartsWith(first is null ? "" : Json.Write(first), nodes, StringComparison.Ordinal);
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EdgeProxy.Host.Commands.Comparison;

namespace EdgeProxy.Host.Tests.Commands.Comparison;

/// <summary>The report of a comparison: names and values of documents are text on it, whatever they contain.</summary>
public sealed partial class ComparisonPageTests
{
    private static readonly string[] Tags =
        ["html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "table", "tr", "th", "td", "svg", "rect", "div"];

    [Theory]
    [InlineData("<img src=x onerror=\"window.hacked=1\">", "&lt;img src=x onerror=&quot;window.hacked=1&quot;&gt;")]
    [InlineData("</td></table></main><script>window.hacked=1</script>", "&lt;/td&gt;&lt;/table&gt;&lt;/main&gt;&lt;script&gt;window.hacked=1&lt;/script&gt;")]
    [InlineData("</style><style>*{display:none}", "&lt;/style&gt;&lt;style&gt;*{display:none}")]
    [InlineData("'a' & \"b\"", "&#39;a&#39; &amp; &quot;b&quot;")]
    [InlineData("\u202Egnirts\u001b\n", "\\u202egnirts\\u001b\\u000a")]
    [InlineData("two  blanks", "two  blanks")]
    public void Of_HostileName_TextInEveryPlace(string name, string expected)
    {
        var page = ComparisonPage.Of(ResultWith(name), DateTimeOffset.UnixEpoch);

        Assert.Contains($"<tr><td>{expected}</td>", page, StringComparison.Ordinal); // a kind of question
        Assert.Contains($"<td class=\"v\">label {expected}</td><td class=\"v\">{expected}</td><td class=\"v\">here {expected}</td><td class=\"v\">there {expected}</td>", page, StringComparison.Ordinal);
        Assert.Contains($"<td>because {expected}</td></tr>", page, StringComparison.Ordinal);
        Assert.Empty(Tag().Matches(page).Select(static match => match.Groups["name"].Value).Except(Tags));
    }

    [Fact]
    public void Of_Policy_NothingButTheStyleOfThePage()
    {
        var page = ComparisonPage.Of(ResultWith("plain"), DateTimeOffset.UnixEpoch);

        var style = page.Split("<style>")[1].Split("</style>")[0];
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        Assert.Contains($"content=\"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"viewport\"", page, StringComparison.Ordinal);
    }

    private static ComparisonResult ResultWith(string name)
    {
        var difference = new Difference(new Question(name, $"label {name}", Body: null), name, $"here {name}", $"there {name}") { Explanation = $"because {name}" };
        return new ComparisonResult(new Uri("http://127.0.0.1:8000/api/v1/"), new Uri("http://127.0.0.1:8001/api/v1/"))
        {
            Questions = new Dictionary<string, int>(StringComparer.Ordinal) { [name] = 1 },
            Differences = [difference],
            Groups = [new DifferenceGroup(difference, 1)],
            Vanished = 0,
            Harmless = new Dictionary<HarmlessDifference, int>(),
            TimesHere = [TimeSpan.FromMilliseconds(1)],
            TimesThere = [TimeSpan.FromMilliseconds(2)],
        };
    }

    [GeneratedRegex("<(?<name>[a-zA-Z][a-zA-Z0-9]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();
}

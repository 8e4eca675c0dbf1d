using System.Text.RegularExpressions;

namespace EdgeProxy.Deploy.Tests.Specification;

/// <summary>Citations of the specification in the text of a source file.</summary>
internal static partial class Citation
{
    /// <summary>Finds what is wrong with the citations of a text: a form that cannot be followed, or a section that does not exist.</summary>
    /// <param name="text">The text of a file.</param>
    /// <param name="pages">The pages of the specification.</param>
    public static IEnumerable<string> Problems(string text, IReadOnlyList<SpecificationPage> pages)
    {
        foreach (Match match in Valid().Matches(text))
        {
            var page = pages.FirstOrDefault(page => page.Name == match.Groups["page"].Value);
            foreach (var number in match.Groups["number"].Captures.Select(static capture => capture.Value))
            {
                if (page?.HasSection(number) != true)
                {
                    yield return $"'{match.Value}' leads nowhere";
                }
            }
        }

        // What is left has another form.
        var rest = Valid().Replace(text, "");
        var names = string.Join('|', pages.Select(static page => Regex.Escape(page.Name)));
        foreach (var other in Regex.Matches(rest, $@"(?<!docs/|[\w-])(?:{names})\b|docs/spec/[a-z-]+\.md", RegexOptions.None, TimeSpan.FromSeconds(5)).Concat(Vague().Matches(rest)))
        {
            yield return $"'{Line(rest, other.Index)}' is no citation of the form docs/spec/page.md 1.2";
        }
    }

    /// <summary>Counts the citations of a text that have the right form.</summary>
    public static int Count(string text) => Valid().Count(text);

    private static string Line(string text, int index)
    {
        var end = text.IndexOf('\n', index);
        return text[(text.LastIndexOf('\n', index) + 1)..(end < 0 ? text.Length : end)].Trim();
    }

    [GeneratedRegex(@"docs/spec/(?<page>[a-z-]+\.md) (?<number>[0-9]+(\.[0-9]+)?)((, | and )(?<number>[0-9]+(\.[0-9]+)?))*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Valid();

    // Sections of something that is named just before are those of another document.
    [GeneratedRegex(@"(?<!RFC [0-9]+,? |RFC [0-9]+,?\n *///? |its )\b[Ss]ections? [0-9]|\bspecification\b|(?<!docs/)\b[a-z-]+\.md, (?:section|"")", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Vague();
}

using System.Text.RegularExpressions;
using EdgeProxy.Testing;

namespace EdgeProxy.Deploy.Tests.Specification;

/// <summary>A page of docs/spec/, with its numbered sections in the order of the page.</summary>
internal sealed partial class SpecificationPage
{
    /// <summary>The folder of the pages, from the root of the repository.</summary>
    public const string Folder = "docs/spec";

    /// <summary>The page that explains citations and lists all sections.</summary>
    public const string Index = Folder + "/README.md";

    private SpecificationPage(string name, string text)
    {
        Name = name;
        Text = text;
        Prose = Fence().Replace(text, "");
        Sections = [.. Heading().Matches(Prose).Select(static match => new SpecificationSection(match.Groups["number"].Value, match.Groups["title"].Value))];
    }

    /// <summary>All pages but the index.</summary>
    public static IReadOnlyList<SpecificationPage> All { get; } =
        [.. Directory.GetFiles(Repository.PathOf(Folder), "*.md")
            .Select(static file => Path.GetFileName(file))
            .Where(static file => file != "README.md")
            .Order(StringComparer.Ordinal)
            .Select(static file => new SpecificationPage(file, Repository.Read($"{Folder}/{file}")))];

    /// <summary>The name of the file.</summary>
    public string Name { get; }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>The text without fenced blocks.</summary>
    public string Prose { get; }

    /// <summary>The numbered sections.</summary>
    public IReadOnlyList<SpecificationSection> Sections { get; }

    /// <summary>True if the page has a section of that number.</summary>
    public bool HasSection(string number) => Sections.Any(section => section.Number == number);

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^(?:## (?<number>[0-9]+)\.|### (?<number>[0-9]+\.[0-9]+)) (?<title>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Heading();
}

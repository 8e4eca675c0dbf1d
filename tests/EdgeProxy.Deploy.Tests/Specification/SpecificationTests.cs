using System.Text.RegularExpressions;
using EdgeProxy.Testing;

namespace EdgeProxy.Deploy.Tests.Specification;

/// <summary>The pages of docs/spec/: numbered without gaps, listed in the index, and consistent in themselves.</summary>
public sealed partial class SpecificationTests
{
    public static TheoryData<string> Pages => [.. SpecificationPage.All.Select(static page => page.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Headings_OfAPage_AreNumberedWithoutGaps(string name)
    {
        var (section, subsection) = (0, 0);
        foreach (var number in Page(name).Sections.Select(static section => section.Number))
        {
            (section, subsection) = number.Contains('.') ? (section, subsection + 1) : (section + 1, 0);

            Assert.Equal(subsection == 0 ? $"{section}" : $"{section}.{subsection}", number);
        }

        Assert.NotEqual(0, section);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Headings_OfAPage_AreAllNumbered(string name)
    {
        var page = Page(name);

        Assert.Equal(page.Sections.Count, AnyHeading().Count(page.Prose));
    }

    [Fact]
    public void Index_Sections_AreThoseOfThePages()
    {
        // Citations in code have numbers only. The list pins which number means which section: who renumbers a page has to change it too.
        var listed = Entry().Matches(Repository.Read(SpecificationPage.Index))
            .Select(static match => $"{match.Groups["page"].Value} {match.Groups["number"].Value} {match.Groups["title"].Value}");
        var present = SpecificationPage.All.SelectMany(static page => page.Sections.Select(section => $"{page.Name} {section.Number} {section.Title}"));

        Assert.Equal(present.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void References_WithinAPage_LeadToSections(string name)
    {
        var page = Page(name);
        var numbers = Reference().Matches(page.Prose).SelectMany(static match => match.Groups["number"].Captures).Select(static capture => capture.Value);

        Assert.All(numbers, number => Assert.True(page.HasSection(number), $"{name} has no section {number}"));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_ToSections_NameTheSectionTheyLeadTo(string name)
    {
        foreach (Match match in Link().Matches(Page(name).Prose))
        {
            var number = match.Groups["number"].Value.Replace(".", "", StringComparison.Ordinal);

            Assert.True(match.Groups["anchor"].Value.StartsWith($"{number}-", StringComparison.Ordinal), match.Value);
        }
    }

    private static SpecificationPage Page(string name) => SpecificationPage.All.Single(page => page.Name == name);

    [GeneratedRegex("^#{2,} ", RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex AnyHeading();

    [GeneratedRegex(@"^ *- \[(?<number>[0-9.]+) (?<title>[^\]]+)\]\((?<page>[a-z-]+\.md)#", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\((?<number>[0-9]+(\.[0-9]+)?)(( and |, )(?<number>[0-9]+(\.[0-9]+)?))*\)|(?<!RFC [0-9]+, )\b[Ss]ections? (?<number>[0-9]+(\.[0-9]+)?)((, | and | or )(?<number>[0-9]+(\.[0-9]+)?))*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\[([a-z-]+\.md )?(?<number>[0-9.]+)\]\(([a-z-]+\.md)?#(?<anchor>[^)]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Link();
}

using System.Text.RegularExpressions;
using EdgeProxy.Testing;

namespace EdgeProxy.Deploy.Tests;

/// <summary>Links between pages lead somewhere.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages =>
        ["README.md", "CONTRIBUTING.md", .. Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories).Select(static file => Path.GetRelativePath(Repository.Root, file))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_WithinTheRepository_LeadToFilesAndHeadings(string page)
    {
        foreach (Match match in Link().Matches(Repository.Read(page)))
        {
            var (file, heading) = (match.Groups["file"].Value, match.Groups["heading"].Value);
            var target = file.Length == 0 ? page : Path.GetRelativePath(Repository.Root, Repository.PathOf(Path.Combine(Path.GetDirectoryName(page)!, file)));

            Assert.True(Path.Exists(Repository.PathOf(target)), match.Value);
            if (heading.Length > 0)
            {
                Assert.True(Headings(target).Contains(heading, StringComparer.Ordinal), match.Value);
            }
        }
    }

    private static IEnumerable<string> Headings(string page) => Repository.Read(page).Split('\n')
        .Where(static line => line.StartsWith('#'))
        .Select(static line => Dropped().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?!https?:)(?<file>[^)#]*)(?:#(?<heading>[^)]+))?\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("[^a-z0-9 _-]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dropped();
}

using System.Text.RegularExpressions;
using EdgeProxy.Testing;

namespace EdgeProxy.Deploy.Tests.Architecture;

/// <summary>Files and folders that docs/architecture.md names in code spans are there: from the root, or from a project in src/.</summary>
public sealed partial class SourcePathTests
{
    private static readonly string[] Roots = ["", "src/EdgeProxy.Host", "src/EdgeProxy.Engine"];

    public static TheoryData<string> Paths =>
        [.. SourcePath().Matches(Repository.Read("docs/architecture.md")).Select(static match => match.Value).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Path_NamedByThePage_Exists(string path) =>
        Assert.Contains(Roots, root => Path.Exists(Repository.PathOf(Path.Combine(root, path))));

    [Fact]
    public void Paths_OfThePage_AreFound() => Assert.True(Paths.Count > 40, $"{Paths.Count}");

    [GeneratedRegex(@"(?<=`)[A-Za-z][\w.-]*/[\w./-]*(?=`)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SourcePath();
}

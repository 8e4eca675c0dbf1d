using System.Text.RegularExpressions;
using EdgeProxy.LoadTests.Model;
using EdgeProxy.Testing;

namespace EdgeProxy.Tooling.Tests.LoadTests;

/// <summary>The workflow and the page about load tests, held to the command line; and what keeps NBomber out of every other build.</summary>
public sealed partial class LoadTestFilesTests
{
    private const string Project = "loadtests/EdgeProxy.LoadTests/EdgeProxy.LoadTests.csproj";

    [Theory]
    [InlineData(".github/workflows/load.yml", "load --url", "upload-artifact")]
    [InlineData("loadtests/README.md", "## NBomber", "secret `NBOMBER_LICENSE`")]
    public void Options_Named_Exist(string file, string from, string to)
    {
        var text = Repository.Read(file);
        var part = text[text.IndexOf(from, StringComparison.Ordinal)..text.IndexOf(to, StringComparison.Ordinal)];
        string[] known =
        [
            .. LoadTestCommands.Root(static _ => Task.FromResult(0)).Options.Select(static option => option.Name),
            "--project", "--environment-document", "--license",
        ];

        var named = LongOption().Matches(part).Select(static match => match.Value).Distinct().ToList();

        Assert.True(named.Count > 5);
        Assert.All(named, option => Assert.Contains(option, known));
    }

    [Fact]
    public void NBomber_InTheSolutionAndItsPackages_IsNot()
    {
        Assert.Contains("<PackageVersion Include=\"NBomber\" Version=\"5.", Repository.Read(Project), StringComparison.Ordinal);
        Assert.DoesNotContain("EdgeProxy.LoadTests.csproj", Repository.Read("EdgeProxy.sln"), StringComparison.Ordinal);
        Assert.DoesNotContain("NBomber", Repository.Read("Directory.Packages.props"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(Repository.PathOf(Project))!, "packages.lock.json")));
    }

    [GeneratedRegex("(?<![\\w-])--[a-z][a-z0-9-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LongOption();
}

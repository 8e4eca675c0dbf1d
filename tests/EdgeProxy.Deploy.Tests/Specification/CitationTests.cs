using EdgeProxy.Testing;

namespace EdgeProxy.Deploy.Tests.Specification;

/// <summary>Every citation of docs/spec/ in the sources leads to a section, and there is one form for them.</summary>
public sealed class CitationTests
{
    private static readonly string[] Folders = ["src", "tests", "benchmarks", "loadtests", "deploy", "examples"];
    private static readonly string[] Extensions = [".cs", ".js", ".py", ".lua", ".yaml", ".csproj", ""];
    private static readonly string[] Skipped = ["bin", "obj", "node_modules", "Recordings", "TestResults"];

    [Fact]
    public void Citations_InSources_LeadToSections()
    {
        var problems = Sources().SelectMany(static file => Citation.Problems(File.ReadAllText(file), SpecificationPage.All)
            .Select(problem => $"{Path.GetRelativePath(Repository.Root, file)}: {problem}"));

        Assert.Empty(problems);
    }

    [Fact]
    public void Citations_InSources_AreMany()
    {
        Assert.InRange(Sources().Sum(static file => Citation.Count(File.ReadAllText(file))), 60, 10_000);
    }

    [Theory]
    [InlineData("docs/spec/evaluation.md 5.2")]
    [InlineData("/// <summary>A rule (docs/spec/evaluation.md 3.2 and 3.3).</summary>")]
    [InlineData("RFC 9110, section 9.1")]
    [InlineData("docs/configuration.md lists the settings")]
    [InlineData("docs/configuration.md, \"Chaining\"")]
    [InlineData("my-evaluation.md")]
    public void Problems_OfATextWithoutFaults_AreNone(string text)
    {
        Assert.Empty(Citation.Problems(text, SpecificationPage.All));
    }

    [Theory]
    [InlineData("docs/spec/evaluation.md 5.99")]
    [InlineData("docs/spec/evaluation.md 3.2 and 99")]
    [InlineData("docs/spec/evaluations.md 5")]
    [InlineData("docs/spec/evaluation.md")]
    [InlineData("evaluation.md, section 5")]
    [InlineData("sdk-api.md, \"Keys\"")]
    [InlineData("fleet.md, \"Never back in time\"")]
    [InlineData("Conditions (section 5).")]
    [InlineData("what the specification says")]
    public void Problems_OfACitationThatCannotBeFollowed_NameIt(string text)
    {
        Assert.NotEmpty(Citation.Problems(text, SpecificationPage.All));
    }

    private static IEnumerable<string> Sources() => Folders
        .SelectMany(static folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories))
        .Where(static file => Extensions.Contains(Path.GetExtension(file)))
        .Where(static file => !Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).Any(Skipped.Contains))
        .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}Specification{Path.DirectorySeparatorChar}", StringComparison.Ordinal)); // these files hold bad examples
}

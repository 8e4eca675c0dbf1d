using EdgeProxy.Testing;

namespace EdgeProxy.Deploy.Tests;

/// <summary>The decision records of docs/decisions/: numbered without gaps, of one form, and listed in the index.</summary>
public sealed class DecisionTests
{
    private const string Folder = "docs/decisions";

    private static readonly string[] Headings = ["## Context", "## Options", "## Decision", "## What would change it"];

    public static TheoryData<string> Records => [.. Files()];

    [Fact]
    public void Records_Numbers_HaveNoGaps()
    {
        var numbers = Files().Select(static file => int.Parse(file.AsSpan(0, 4))).ToList();

        Assert.NotEmpty(numbers);
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Record_Any_HasTheHeadingsAndIsInTheIndex(string file)
    {
        var lines = Repository.Read($"{Folder}/{file}").Split('\n');

        Assert.StartsWith($"# {file[..4]}. ", lines[0], StringComparison.Ordinal);
        Assert.Equal(Headings, lines.Where(static line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Contains($"- [{lines[0][2..]}]({file})", Repository.Read($"{Folder}/README.md"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Files() => Directory.GetFiles(Repository.PathOf(Folder), "*.md")
        .Select(static file => Path.GetFileName(file))
        .Where(static file => file != "README.md")
        .Order(StringComparer.Ordinal);
}

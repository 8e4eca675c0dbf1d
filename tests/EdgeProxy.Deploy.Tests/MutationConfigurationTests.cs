using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeProxy.Testing;

namespace EdgeProxy.Deploy.Tests;

/// <summary>Mutation testing names folders and tests, which are renamed without it: it would then mutate nothing, or run nothing.</summary>
public sealed partial class MutationConfigurationTests
{
    private const string Folder = "tests/mutation";
    private const string AllFiles = "/**/*.cs";
    private const string TestNamespace = "Tests.";

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Repository.PathOf(Folder), "stryker-config*.json").Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Mutate_EachFolder_HasFiles(string file)
    {
        var configuration = Read(file);
        var project = Repository.PathOf($"src/{Path.GetFileNameWithoutExtension((string)configuration["project"]!)}");

        foreach (var pattern in configuration["mutate"]!.AsArray().Select(static node => (string)node!))
        {
            Assert.EndsWith(AllFiles, pattern, StringComparison.Ordinal);
            Assert.NotEmpty(Directory.GetFiles(Path.Combine(project, pattern[..^AllFiles.Length]), "*.cs", SearchOption.AllDirectories));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Filter_EachName_IsThatOfTests(string file)
    {
        var configuration = Read(file);
        var project = Path.GetDirectoryName(Path.GetFullPath(Path.Combine(Repository.PathOf(Folder), (string)configuration["test-projects"]![0]!)))!;
        var sources = Directory.GetFiles(project, "*Tests*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();

        foreach (var name in FilteredName().Matches((string)configuration["test-case-filter"]!).Select(static match => match.Value))
        {
            Assert.True(
                name.StartsWith(TestNamespace, StringComparison.Ordinal)
                    ? Directory.Exists(Path.Combine(project, name[TestNamespace.Length..].Trim('.')))
                    : sources.Exists(text => text.Contains(name, StringComparison.Ordinal)),
                name);
        }
    }

    private static JsonNode Read(string file) => JsonNode.Parse(Repository.Read($"{Folder}/{file}"))!["stryker-config"]!;

    [GeneratedRegex(@"(?<=FullyQualifiedName!?~)[\w.]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FilteredName();
}

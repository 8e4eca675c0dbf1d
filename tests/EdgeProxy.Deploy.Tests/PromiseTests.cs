using System.Text.RegularExpressions;
using EdgeProxy.Testing;

namespace EdgeProxy.Deploy.Tests;

/// <summary>The tests and scripts that docs/security.md says hold a promise are there, and every promise names one.</summary>
public sealed partial class PromiseTests
{
    private const string Page = "docs/security.md";

    private static readonly Dictionary<string, string> TestFiles = Directory.GetFiles(Repository.PathOf("tests"), "*Tests*.cs", SearchOption.AllDirectories)
        .Where(static file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
        .GroupBy(static file => Path.GetFileName(file).Split('.')[0])
        .ToDictionary(static files => files.Key, static files => string.Concat(files.Select(File.ReadAllText)));

    public static TheoryData<string> Tests => [.. TestName().Matches(Repository.Read(Page)).Select(static match => match.Value).Distinct(StringComparer.Ordinal)];

    public static TheoryData<string> Scripts => [.. ScriptPath().Matches(Repository.Read(Page)).Select(static match => match.Value).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Tests))]
    public void Test_NamedByThePage_IsThere(string name)
    {
        var parts = name.Split('.');

        Assert.True(TestFiles.TryGetValue(parts[0], out var text), name);
        Assert.Matches($@"class {parts[0]}\b", text);
        Assert.Matches(@"\[(Theory|Fact)", text);
        if (parts.Length > 1)
        {
            Assert.Contains($" {parts[1]}(", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_NamedByThePage_IsThere(string path) => Assert.True(File.Exists(Repository.PathOf(path)), path);

    [Fact]
    public void Promise_EachRow_NamesATestOrAScript()
    {
        var rows = Repository.Read(Page).Split("\n\n")
            .Where(static block => block.StartsWith("| promise |", StringComparison.Ordinal))
            .SelectMany(static table => table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2))
            .ToList();

        Assert.True(rows.Count > 20, $"{rows.Count}");
        Assert.All(rows, static row =>
        {
            var heldBy = row.Trim('|', ' ').Split('|')[^1];
            Assert.True(TestName().IsMatch(heldBy) || ScriptPath().IsMatch(heldBy), row);
        });
    }

    [GeneratedRegex(@"(?<=`)[A-Z]\w+Tests(?:\.\w+)?(?=`)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestName();

    [GeneratedRegex(@"(?<=`)(?:loadtests|tests)/[\w./-]+(?=`)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ScriptPath();
}

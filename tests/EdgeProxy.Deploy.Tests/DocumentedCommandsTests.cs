using System.Text.RegularExpressions;
using EdgeProxy.Host.Endpoints;
using EdgeProxy.Testing;

namespace EdgeProxy.Deploy.Tests;

/// <summary>
/// The commands that pages tell people to type: what they name is there. <c>.ci/documented.py</c> runs those of README.md and
/// <c>docs/</c>.
/// </summary>
public sealed partial class DocumentedCommandsTests
{
    private static readonly string[] Pages =
        ["README.md", "CONTRIBUTING.md", "loadtests/README.md", "benchmarks/README.md", "tests/sdks/README.md", "tests/ofrep/README.md", "tests/grafana/README.md"];

    public static TheoryData<string, string> Commands
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var page in Pages.Concat(Directory.GetFiles(Repository.PathOf("docs"), "*.md").Select(static file => $"docs/{Path.GetFileName(file)}")))
            {
                foreach (var command in CommandsOf(Repository.Read(page)))
                {
                    data.Add(page, command);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_OnAPage_NamesWhatIsThere(string page, string command)
    {
        Assert.NotEmpty(page);
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(static word => Variable().IsMatch(word)).ToArray();
        switch (words[0])
        {
            case "dotnet":
                AssertPathsExist(words.Where(static word => word.StartsWith("src/", StringComparison.Ordinal) || word.StartsWith("tests/", StringComparison.Ordinal) || word.StartsWith("benchmarks/", StringComparison.Ordinal)));
                AssertTestsExist(words);
                break;
            case "curl":
                AssertRouteExists(words);
                break;
            case "edge-proxy" or "docker" or "helm" or "taskset" or "kubectl" or "systemctl":
                break; // of another machine; the files they are given are checked where they are made
            default:
                AssertPathsExist([words[0]]);
                Assert.True(
                    OperatingSystem.IsWindows() || File.GetUnixFileMode(Repository.PathOf(words[0])).HasFlag(UnixFileMode.UserExecute), $"{words[0]} cannot be run");
                break;
        }
    }

    [Fact]
    public void Pages_All_HaveCommandsThatAreChecked()
    {
        Assert.InRange(Commands.Count, 20, 1000);
    }

    private static void AssertPathsExist(IEnumerable<string> paths)
    {
        foreach (var path in paths.Where(static path => !path.Contains("/bin/", StringComparison.Ordinal)))
        {
            Assert.True(Path.Exists(Repository.PathOf(path)), $"there is no {path}");
        }
    }

    /// <summary>Filters of tests name tests that there are, by the file they are in.</summary>
    private static void AssertTestsExist(string[] words)
    {
        var at = Array.IndexOf(words, "test");
        var filter = Array.IndexOf(words, "--filter");
        if (at < 0 || filter < 0)
        {
            return;
        }

        var name = words[filter + 1].Trim('"').Split('~')[^1];
        Assert.NotEmpty(Directory.GetFiles(Repository.PathOf("tests"), $"*{name}*.cs", SearchOption.AllDirectories));
    }

    private static void AssertRouteExists(string[] words)
    {
        var url = words.Select(static word => word.Trim('\'', '"')).Single(static word => word.StartsWith("http", StringComparison.Ordinal));
        var path = new Uri(url).AbsolutePath.TrimEnd('/');
        Assert.Contains(
            EndpointTable.Definitions.SelectMany(static endpoint => endpoint.Aliases.Prepend(endpoint.Path.TrimEnd('/'))),
            pattern => IsPathOf(pattern, path));
    }

    private static bool IsPathOf(string pattern, string path)
    {
        var (expected, actual) = (pattern.Split('/'), path.Split('/'));
        return expected.Length == actual.Length && expected.Zip(actual).All(static pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }

    /// <summary>The lines of blocks of commands, each command of a chain by itself, without what is behind it.</summary>
    private static IEnumerable<string> CommandsOf(string page) => Block().Matches(page)
        .Where(static block => block.Groups["kind"].Value is "sh" || block.Groups["text"].Value.StartsWith("curl", StringComparison.Ordinal) || block.Groups["text"].Value.StartsWith("dotnet", StringComparison.Ordinal))
        .SelectMany(static block => block.Groups["text"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        .SelectMany(static line => Comment().Replace(line, "").Split("&&"))
        .Select(static command => command.Trim().TrimEnd('&').Trim())
        .Where(static command => command.Length > 0);

    [GeneratedRegex(@"^ *```(?<kind>\w*)\n(?<text>.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Block();

    [GeneratedRegex(@"\s+#.*$", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^[A-Z_]+=", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Variable();
}

using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Testing;

namespace EdgeProxy.Engine.Tests.Readme;

/// <summary>The example of the README compiles, is the one in the README, and prints what the README says.</summary>
public sealed class ReadmeTests
{
    private const string Source = "tests/EdgeProxy.Engine.Tests/Readme/ReadmeTests.cs";

    [Fact]
    public void Example_FiveLines_PrintWhatTheReadmeSays()
    {
        var printed = new StringWriter();
        Run(new Files(), printed);

        var readme = Repository.Read("README.md");
        Assert.Contains($"It prints `{printed.ToString().TrimEnd()}`", readme, StringComparison.Ordinal);
        var example = Repository.Read(Source).Split('\n')
            .SkipWhile(static line => line != "        // The example:").Skip(1)
            .TakeWhile(static line => line.Length > 0)
            .Select(static line => line.Trim())
            .ToList();
        Assert.Equal(5, example.Count);
        Assert.Contains(string.Join('\n', example), readme, StringComparison.Ordinal);
    }

#pragma warning disable IDE1006 // named as what they stand for in the example
    private static void Run(Files File, TextWriter Console)
#pragma warning restore IDE1006
    {
        // The example:
        var document = File.ReadAllBytes("examples/demo-environment.json");
        var (environment, problems) = EnvironmentCompiler.Compile(document);
        var ada = new Identity("ada") { Traits = { ["plan"] = "enterprise", ["seats"] = 120 } };
        var dashboard = environment.Evaluate(ada).Flags["dashboard"];
        Console.WriteLine($"{dashboard.Enabled}, {dashboard.Value}: {dashboard.Reason}");

        Assert.Empty(problems);
    }

    /// <summary>Reads from the root of the project, wherever the test runs.</summary>
    private sealed class Files
    {
#pragma warning disable CA1822 // as above
        public byte[] ReadAllBytes(string path) => File.ReadAllBytes(Path.Combine(Repository.Root, path));
#pragma warning restore CA1822
    }
}

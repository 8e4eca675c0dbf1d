using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands;

/// <content><c>edge-proxy diff</c>.</content>
public sealed partial class ProgramTests
{
    [Theory]
    [InlineData(false, "Changed: 1 feature changed\n  feature 'plain': value \"blue\" → \"red\"\n")]
    [InlineData(true, """{"summary":"1 feature changed","differences":[{"kind":"value","feature":"plain","segment":null,"before":"\"blue\"","after":"\"red\"","text":"feature 'plain': value \"blue\" → \"red\""}]}""" + "\n")]
    public async Task Diff_Different_PrintedAndExitCodeOne(bool isJson, string expected)
    {
        using var directory = new TemporaryDirectory();
        var document = Documents.Small("env");
        File.WriteAllText(directory.Combine("old.json"), document.ToJsonString());
        document["feature_states"]![0]!["feature_state_value"] = "red";
        File.WriteAllText(directory.Combine("new.json"), document.ToJsonString());

        using var program = EdgeProxyProcess.Start([], ["diff", directory.Combine("old.json"), directory.Combine("new.json"), .. isJson ? ["--json"] : Array.Empty<string>()]);

        Assert.Equal(1, await program.ExitAsync());
        Assert.Equal(expected, System.Text.RegularExpressions.Regex.Replace(
            await ReadAllAsync(program),
            @"\\u(?<code>[0-9a-fA-F]{4})",
            static match => ((char)Convert.ToInt32(match.Groups["code"].Value, 16)).ToString() is "\"" ? "\\\"" : ((char)Convert.ToInt32(match.Groups["code"].Value, 16)).ToString(),
            System.Text.RegularExpressions.RegexOptions.ExplicitCapture,
            Patience.Limit));
    }

    [Fact]
    public async Task Diff_HostileName_NoControlCharacters()
    {
        using var directory = new TemporaryDirectory();
        var document = Documents.Small("env");
        document["feature_states"]![0]!["feature"]!["name"] = "pla\u001b[31m\nin";
        File.WriteAllText(directory.Combine("old.json"), document.ToJsonString());
        document["feature_states"]![0]!["feature_state_value"] = "red";
        File.WriteAllText(directory.Combine("new.json"), document.ToJsonString());

        using var program = EdgeProxyProcess.Start([], "diff", directory.Combine("old.json"), directory.Combine("new.json"));

        Assert.Equal(1, await program.ExitAsync());
        Assert.Equal("Changed: 1 feature changed\n  feature 'pla\\u001b[31m\\u000ain': value \"blue\" → \"red\"\n", await ReadAllAsync(program));
    }

    [Theory]
    [InlineData("exec dotnet \"$0\" diff \"$1\" - < \"$2\"", "value \"blue\" → \"red\"")]
    [InlineData("exec dotnet \"$0\" diff - \"$2\" < \"$1\"", "value \"blue\" → \"red\"")]
    [InlineData("exec dotnet \"$0\" diff - \"$1\" < \"$2\"", "value \"red\" → \"blue\"")]
    public async Task Diff_StandardInput_ComparedWithTheFile(string command, string expected)
    {
        using var directory = new TemporaryDirectory();
        var document = Documents.Small("env");
        File.WriteAllText(directory.Combine("old.json"), document.ToJsonString());
        document["feature_states"]![0]!["feature_state_value"] = "red";
        File.WriteAllText(directory.Combine("new.json"), document.ToJsonString());

        using var program = EdgeProxyProcess.StartAs("sh", ["-c", command, EdgeProxyProcess.Program, directory.Combine("old.json"), directory.Combine("new.json")]);

        Assert.Equal(1, await program.ExitAsync());
        Assert.Equal($"Changed: 1 feature changed\n  feature 'plain': {expected}\n", await ReadAllAsync(program));
    }

    [Fact]
    public async Task Diff_EmptyPath_ExitCodeTwo()
    {
        // As from a script whose variable is not set.
        using var program = EdgeProxyProcess.Start([], "diff", "", "new.json");

        Assert.Equal(2, await program.ExitAsync());
        var error = await program.ReadErrorAsync();
        Assert.Contains("cannot be read", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_EmptyStandardInput_ExitCodeTwo()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.Combine("one.json"), Documents.Small("env").ToJsonString());

        using var program = EdgeProxyProcess.StartAs("sh", ["-c", "exec dotnet \"$0\" diff \"$1\" - < /dev/null", EdgeProxyProcess.Program, directory.Combine("one.json")]);

        Assert.Equal(2, await program.ExitAsync());
        Assert.Contains("- is no environment document", await program.ReadErrorAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_Same_ExitCodeZero()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.Combine("one.json"), Documents.Small("env").ToJsonString());

        using var program = EdgeProxyProcess.Start([], "diff", directory.Combine("one.json"), directory.Combine("one.json"));

        Assert.Equal(0, await program.ExitAsync());
        Assert.Equal("Changed: nothing that decides flags\n", await ReadAllAsync(program));
    }

    [Theory]
    [InlineData("{}", "is no environment document")]
    [InlineData(null, "cannot be read")]
    public async Task Diff_NoDocument_ExitCodeTwoAndTheCause(string? content, string cause)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.Combine("one.json"), Documents.Small("env").ToJsonString());
        if (content is not null)
        {
            File.WriteAllText(directory.Combine("two.json"), content);
        }

        using var program = EdgeProxyProcess.Start([], "diff", directory.Combine("one.json"), directory.Combine("two.json"));

        Assert.Equal(2, await program.ExitAsync());
        Assert.Contains($"two.json {cause}", await program.ReadErrorAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("diff")]
    [InlineData("diff one.json")]
    [InlineData("diff one.json two.json three.json")]
    [InlineData("diff one.json two.json --what")]
    public async Task Diff_WrongArguments_NotTheExitCodeOfADifference(string arguments)
    {
        using var program = EdgeProxyProcess.Start([], arguments.Split(' '));

        Assert.Equal(2, await program.ExitAsync());
        Assert.Contains("edge-proxy diff --help", await program.ReadErrorAsync(), StringComparison.Ordinal);
    }

    private static async Task<string> ReadAllAsync(EdgeProxyProcess program)
    {
        var text = "";
        while (await program.ReadLineAsync() is { } line)
        {
            text += line + "\n";
        }

        return text;
    }
}

using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands;

/// <summary>The help of the commands, and what a mistake on the command line prints.</summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("serve --help")]
    [InlineData("check-config --help")]
    [InlineData("health --help")]
    [InlineData("explain --help")]
    [InlineData("diff --help")]
    [InlineData("fleet --help")]
    [InlineData("doctor --help")]
    [InlineData("compare --help")]
    [InlineData("environments --help")]
    [InlineData("render-config --help")]
    public async Task Help_OfEachCommand_FitsAScreen(string arguments)
    {
        using var program = EdgeProxyProcess.Start([], arguments.Split(' '));

        Assert.Equal(0, await program.ExitAsync());
        Assert.InRange((await program.ReadOutputAsync()).TrimEnd().Split('\n').Length, 3, 40);
    }

    [Fact]
    public async Task Option_Misspelled_OnlyItsOwnHelp()
    {
        var error = await FailAsync("--prot", "9000");

        Assert.Contains("Unknown option --prot. Did you mean --port?", error, StringComparison.Ordinal);
        Assert.Contains("--port <PORT>  The port to listen on", error, StringComparison.Ordinal);
        Assert.DoesNotContain("--host", error, StringComparison.Ordinal);
        Assert.InRange(error.Trim().Split('\n').Length, 1, 5);
    }

    [Theory]
    [InlineData("diff --jsn one.json two.json", "Unknown option --jsn. Did you mean --json?")]
    [InlineData("diff one.json", "Needed: <OLD> <NEW>.")]
    public async Task Diff_WrongArguments_SaysWhatIsWrong(string arguments, string message)
    {
        using var program = EdgeProxyProcess.Start([], arguments.Split(' '));

        Assert.Equal(2, await program.ExitAsync());
        var error = await program.ReadErrorAsync();
        Assert.StartsWith(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("two.json", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Option_WithoutItsValue_OnlyItsOwnHelp()
    {
        var error = await FailAsync("check-config", "--port");

        Assert.Contains("--port <PORT>  The port to listen on", error, StringComparison.Ordinal);
        Assert.Contains("edge-proxy check-config --help", error, StringComparison.Ordinal);
        Assert.DoesNotContain("--host", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Option_WrongValue_AProblemWithoutNamesOfTypes()
    {
        var error = await FailAsync("--demo", "--port", "many");

        Assert.Contains("server.port: must be a whole number from 0 to 65535, not \"many\" (option --port)", error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
    }

    private static async Task<string> FailAsync(params string[] arguments)
    {
        using var program = EdgeProxyProcess.Start([], arguments);
        Assert.Equal(1, await program.ExitAsync());
        Assert.Equal("", await program.ReadOutputAsync());
        return await program.ReadErrorAsync();
    }
}

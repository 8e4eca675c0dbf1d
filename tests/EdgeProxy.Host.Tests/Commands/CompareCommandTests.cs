using System.Text;
using EdgeProxy.Host.Operations;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Testing;
using EdgeProxy.Host.Tests.Commands.Comparison;

namespace EdgeProxy.Host.Tests.Commands;

/// <summary><c>edge-proxy compare</c>: exit codes, what it prints and what it does not.</summary>
public sealed class CompareCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Compare_DocumentWithAServerThatAgrees_NoDifferences()
    {
        await using var other = await TestProxy.ServeAsync(ComparisonSetUp.DocumentWith("EQUAL", "pro").ToJsonString());

        var (code, output, _) = await CompareAsync("--environment-document", Write("EQUAL", "pro"), "--with", other.Address.AbsoluteUri, "--sample", "80", "--rate", "1000");

        Assert.Equal(0, code);
        Assert.StartsWith("81 questions to http://127.0.0.1:", output, StringComparison.Ordinal);
        Assert.Contains("condition EQUAL", output, StringComparison.Ordinal);
        Assert.EndsWith("No differences.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_DocumentWithAServerThatDiffers_ExplainedWithoutIdentities()
    {
        await using var other = await TestProxy.ServeAsync(ComparisonSetUp.DocumentWith("EQUAL", "max").ToJsonString());
        var questions = _directory.Combine("questions");
        await File.WriteAllTextAsync(questions, """{"identifier":"ada@example.com","traits":[{"trait_key":"plan","trait_value":"pro"},{"trait_key":"country","trait_value":"de"},{"trait_key":"street","trait_value":"Elm Street"}]}""" + "\n");
        var report = _directory.Combine("report.html");
        string[] arguments = ["--environment-document", Write("EQUAL", "pro"), "--with", other.Address.AbsoluteUri, "--identities", questions, "--report", report];

        var (code, output, error) = await CompareAsync(arguments);
        var (_, shown, _) = await CompareAsync([.. arguments, "--show-identities"]);

        Assert.Equal(1, code);
        Assert.Contains(
            "✗ line 1, feature targeted: here on with \"beta\", there off with \"none\"; decided here by segment pros; segment pros matches (country EQUAL ✓, beta EQUAL ✗, plan EQUAL ✓, blocked IS_SET ✗)",
            output, StringComparison.Ordinal);
        Assert.EndsWith("1 difference in the answers to 1 question.", output, StringComparison.Ordinal);
        Assert.Contains($"Written to {report}.", error, StringComparison.Ordinal);
        var page = await File.ReadAllTextAsync(report);
        Assert.Contains("<h1>1 difference in the answers to 1 question.</h1>", page, StringComparison.Ordinal);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.All((string[])["ada@", "Elm", "street", "\"pro\"", "\"de\""], personal => Assert.DoesNotContain(personal, output + error + page, StringComparison.Ordinal));
        Assert.Contains("explained here as on with \"beta\": segment pros matches (", shown, StringComparison.Ordinal);
        Assert.Contains("\"pro\"", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_RunningProxyWithItsKeys_QuestionsFromItsDocument()
    {
        await using var proxy = await TestProxy.ServeAsync(
            new ProxyOptions { Operators = new OperatorOptions { Token = "operators-only" } }, ComparisonSetUp.DocumentWith("IN", "pro,max").ToJsonString());
        await using var other = await TestProxy.ServeAsync(ComparisonSetUp.DocumentWith("IN", "pro").ToJsonString());
        string[] arguments = ["--url", proxy.Address.AbsoluteUri, "--with", $"{other.Address.AbsoluteUri}api/v1", "--key", $"ser.{ComparisonSetUp.Key}", "--sample", "60", "--rate", "1000"];

        var (code, output, _) = await CompareAsync([.. arguments, "--token", "operators-only"]);
        var (_, without, _) = await CompareAsync(arguments);

        Assert.Equal(1, code);
        Assert.Contains("✗ segment pros, condition on plan IN, feature targeted: here on with \"beta\", there off with \"none\"; decided here by segment pros", output, StringComparison.Ordinal);
        Assert.Contains("condition on plan IN, feature targeted", without, StringComparison.Ordinal);
        Assert.DoesNotContain("decided here", without, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--demo --with x", "--with x: must be an address")]
    [InlineData("--demo --with http://127.0.0.1:18496 --rate 0", "--rate: must be greater than 0")]
    [InlineData("--demo --with http://127.0.0.1:18496 --sample 1", "connection refused by 127.0.0.1:18496 (nothing listens there; check the address)")]
    [InlineData("--demo --with http://127.0.0.1:18496 --key unknown-key", "--key unkno…: no document has this key.")]
    [InlineData("--demo --with http://127.0.0.1:18496 --identities missing", "missing cannot be read: there is no such file")]
    [InlineData("--with http://127.0.0.1:18496", "--key: needed")]
    [InlineData("--with http://127.0.0.1:18496 --url http://127.0.0.1:18495 --key a-client-side-key", "--identities: needed, because a client-side key gives no document")]
    [InlineData("--with http://127.0.0.1:18496 --url http://127.0.0.1:18495 --key ser.a", "http://127.0.0.1:18495/api/v1/: connection refused")]
    public async Task Compare_Mistake_SaysWhich(string arguments, string expected)
    {
        var (code, output, error) = await CompareAsync(arguments.Split(' '));

        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Equal("", output);
    }

    [Fact]
    public async Task Compare_LineThatIsNoObject_SaysWhichAndNotWhat()
    {
        var questions = _directory.Combine("questions");
        await File.WriteAllTextAsync(questions, "{\"identifier\":\"ada\"}\n\nbob\n", Encoding.UTF8);

        var (code, _, error) = await CompareAsync("--demo", "--with", "http://127.0.0.1:18496", "--identities", questions);

        Assert.Equal(2, code);
        Assert.Contains($"{questions}, line 3: must be the body of a request", error, StringComparison.Ordinal);
        Assert.DoesNotContain("bob", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> CompareAsync(params string[] arguments)
    {
        using var program = EdgeProxyProcess.Start([], ["compare", .. arguments]);
        return (await program.ExitAsync(), await program.ReadOutputAsync(), await program.ReadErrorAsync());
    }

    private string Write(string operation, string operand)
    {
        var file = _directory.Combine("document.json");
        File.WriteAllText(file, ComparisonSetUp.DocumentWith(operation, operand).ToJsonString());
        return file;
    }
}

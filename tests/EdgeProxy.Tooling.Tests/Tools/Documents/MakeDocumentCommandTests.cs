using System.CommandLine;
using EdgeProxy.Tools;

namespace EdgeProxy.Tooling.Tests.Tools.Documents;

public sealed class MakeDocumentCommandTests
{
    [Theory]
    [InlineData("made")]
    [InlineData("made --preset small --features 7 --revision 2")]
    [InlineData("made --features 0 --segments 0")]
    [InlineData("made --preset plain --multivariate 3 --segments 2 --conditions 1 --overrides-per-segment 1 --identity-overrides 10")]
    public void Parse_Sizes_Taken(string arguments) => Assert.Empty(ToolCommands.Root().Parse($"make-document {arguments}").Errors);

    [Theory]
    [InlineData("")]
    [InlineData("made --preset huge")]
    [InlineData("made --features -1")]
    [InlineData("made --features many")]
    public void Parse_AnythingElse_Refused(string arguments) => Assert.NotEmpty(ToolCommands.Root().Parse($"make-document {arguments}").Errors);

    [Fact]
    public async Task Invoke_OverridesOfNoFeature_Refused()
    {
        using var error = new StringWriter();

        var code = await ToolCommands.Root().Parse("make-document made --features 0 --identity-overrides 1")
            .InvokeAsync(new InvocationConfiguration { Error = error });

        Assert.Equal(1, code);
        Assert.Contains("--identity-overrides needs at least one feature", error.ToString(), StringComparison.Ordinal);
    }
}

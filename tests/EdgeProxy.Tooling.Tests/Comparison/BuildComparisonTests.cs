using EdgeProxy.Comparison;
using EdgeProxy.Comparison.Measurements;

namespace EdgeProxy.Tooling.Tests.Comparison;

public sealed class BuildComparisonTests
{
    [Theory]
    [InlineData("artifacts/publish/aot-linux-x64/edge-proxy", "artifacts/publish/aot-linux-x64/edge-proxy")]
    [InlineData("bin/edge-proxy.dll", "dotnet bin/edge-proxy.dll")]
    public void Command_Program_AnAssemblyNeedsTheRuntime(string path, string command) => Assert.Equal(command, string.Join(' ', Programs.Command(path)));

    [Fact]
    public async Task Run_NoSuchProgram_SaysWhatMakesIt()
    {
        var comparison = new BuildComparison(new ComparisonSettings(), [], "artifacts/nothing");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => comparison.RunAsync([]));

        Assert.Contains("There is no artifacts/nothing; deploy/publish makes one.", exception.Message, StringComparison.Ordinal);
    }
}

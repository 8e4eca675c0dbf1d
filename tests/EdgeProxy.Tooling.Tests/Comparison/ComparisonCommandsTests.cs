using EdgeProxy.Comparison;

namespace EdgeProxy.Tooling.Tests.Comparison;

public sealed class ComparisonCommandsTests
{
    [Theory]
    [InlineData("mix --peer http://127.0.0.1:8001 --only plain --tools wrk --rounds 9 --seconds 1 --warm-up 2 --connections 4 --gzip --write")]
    [InlineData("protocols --over http2 http2-tls --streams 1 100 --only plain --rounds 15 --write")]
    [InlineData("protocols --over tls")]
    [InlineData("builds --program artifacts/publish/aot-linux-x64/edge-proxy --tools h2load --write")]
    [InlineData("scaling --rounds 15 --seconds 1 --write")]
    [InlineData("refresh --rates 5000 0 --write")]
    [InlineData("propagation --changes 80 --write")]
    [InlineData("traits --rounds 31 --seconds 1 --write")]
    [InlineData("mechanisms --rounds 9 --seconds 2 --warm-up 3 --only fairness --write")]
    [InlineData("explained --rounds 15 --seconds 3 --warm-up 5 --rates 5000 0 --write")]
    [InlineData("start --rounds 3")]
    [InlineData("footprint")]
    [InlineData("instructions --write")]
    [InlineData("compiling --only value --write")]
    [InlineData("documents")]
    [InlineData("plots")]
    public void Root_CommandsOfTheDocumentation_AreTaken(string command)
    {
        var result = ComparisonCommands.Root().Parse(command);

        Assert.Empty(result.Errors);
        if (command.Contains("--peer", StringComparison.Ordinal))
        {
            Assert.Equal(new Uri("http://127.0.0.1:8001"), result.GetValue<Uri?>("--peer"));
        }
    }

    [Theory]
    [InlineData("mix --peer nowhere")]
    [InlineData("mix --rounds many")]
    [InlineData("protocols --over spdy")]
    [InlineData("builds")]
    [InlineData("unknown")]
    public void Root_AnythingElse_IsRefused(string command) => Assert.NotEmpty(ComparisonCommands.Root().Parse(command).Errors);
}

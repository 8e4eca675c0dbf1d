using EdgeProxy.Host.Testing;
using EdgeProxy.Testing;
using EdgeProxy.Tools.Upstream;

namespace EdgeProxy.Tooling.Tests.Tools.Upstream;

public sealed class UpstreamCommandTests
{
    [Fact]
    public void Read_Document_IsTheSameBytes()
    {
        var path = Repository.PathOf("examples/demo-environment.json");

        Assert.Equal(File.ReadAllBytes(path), UpstreamCommand.Read(path).Content);
    }

    [Fact]
    public void Read_Recording_IsItsEnvironment()
    {
        using var folder = new TemporaryDirectory();
        var path = folder.Combine("recording.json");
        File.WriteAllText(path, """{"environment":{"api_key":"demo"},"exchanges":[]}""");

        Assert.Equal("demo", UpstreamCommand.Read(path).ClientKey);
        Assert.Equal("""{"api_key":"demo"}"""u8.ToArray(), UpstreamCommand.Read(path).Content);
    }
}

using System.Text;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Host.Commands.Checks;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Commands.Checks;

/// <summary>The memory that all documents together need, against the limit.</summary>
public sealed class ResourceCheckTests
{
    private static readonly byte[] Document = Encoding.UTF8.GetBytes(Documents.Small("env").ToJsonString());

    [Theory]
    [InlineData(0.9, 2, "serve fewer environments")]
    [InlineData(1.5, 1, "Raise the memory limit")]
    [InlineData(3, 0, null)]
    public void Memory_ManyDocuments_NeedAgainstTheLimit(double limit, int code, string? advice)
    {
        byte[][] documents = [.. Enumerable.Repeat(Document, 1000)];
        var report = new CheckReport();

        ResourceCheck.RunMemory(documents, new MemoryLimit((long)(limit * 1000 * DocumentCost.MinBytes(Document)), "a limit"), report);

        var result = Assert.Single(report.Results);
        Assert.Equal(code, report.ExitCode);
        Assert.Contains("(a limit); the documents need at least ", result.Message, StringComparison.Ordinal);
        Assert.True(advice is null ? result.Advice is null : result.Advice!.Contains(advice, StringComparison.Ordinal));
    }
}

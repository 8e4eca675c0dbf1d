using System.Text;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Workloads;

namespace EdgeProxy.Engine.Tests.Documents;

public sealed class DocumentCostTests
{
    [Fact]
    public void MinBytes_DocumentsOfOneKindOfPart_AsMuchAsTheyWereMeasuredToNeed()
    {
        var multiples = OneSidedDocuments.All.Select(static document =>
        {
            var bytes = document.Make(1_000_000);
            return $"{document.Name}: {(double)DocumentCost.MinBytes(bytes) / bytes.Length:0.0}";
        });

        // Each a little below what it needs (docs/performance.md, "Memory while compiling").
        Assert.Equal(
            [
                "one value: 3.0",
                "features: 4.9",
                "variants: 5.7",
                "segments with a condition each, without overrides: 8.5",
                "segments with a condition and an override each: 6.4",
                "conditions of one segment: 11.1",
                "regular expressions: 11.4",
                "identity overrides: 2.0",
                "a third each of long values, segments and identity overrides: 4.3",
            ],
            multiples);
    }

    [Theory]
    [InlineData("""{"value":"abc","operator":"REGEX"}""", """{"operator":"REGEX","value":"abcd"}""")]
    [InlineData("""{"operator":"EQUAL","value":"ab"}""", """{"operator":"REGEX","value":"ab"}""")]
    [InlineData("""{"operation":"EQUAL","value":"b"}""", """{"operator":"EQUAL","value":"abc"}""")]
    public void MinBytes_MoreToCompile_Costs(string less, string more) =>
        Assert.True(DocumentCost.MinBytes(Encoding.UTF8.GetBytes(less)) < DocumentCost.MinBytes(Encoding.UTF8.GetBytes(more)));

    [Fact]
    public void MinBytes_NotJson_ByItsLength() => Assert.Equal(6, DocumentCost.MinBytes("{\"a"u8.ToArray()));
}

using System.Text;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Workloads;

namespace EdgeProxy.Engine.Tests.Documents;

public sealed class DocumentCostTests
{
    // The multiples that were measured (docs/performance.md, "Memory while compiling"): a document that fits must not be
    // rejected, and most that do not fit should be.
    [Theory]
    [InlineData("one value", 3.2)]
    [InlineData("features", 5.5)]
    [InlineData("variants", 8.0)]
    [InlineData("segments with a condition each, without overrides", 8.3)]
    [InlineData("segments with a condition and an override each", 7.1)]
    [InlineData("conditions of one segment", 10.3)]
    [InlineData("regular expressions", 14.7)]
    [InlineData("identity overrides", 2.1)]
    [InlineData("a third each of long values, segments and identity overrides", 6.3)]
    public void MinBytes_DocumentOfOneKindOfPart_ALittleLessThanItNeeds(string kind, double measured)
    {
        var document = OneSidedDocuments.All.Single(item => item.Name == kind).Make(1_000_000);

        Assert.InRange((double)DocumentCost.MinBytes(document) / document.Length, 0.6 * measured, 0.97 * measured);
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

using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Compilation;

/// <summary>Conditions become one node only where they are the same.</summary>
public sealed class SharedConditionTests
{
    [Fact]
    public void Compile_SameSplitInTwoSegments_EachByItsOwnKey()
    {
        Segment[] segments = [.. new[] { "1", "2" }.Select(static key => new Segment
        {
            Key = key,
            Name = key,
            Rules = [new SegmentRule { Type = RuleTypes.All, Conditions = [new SegmentCondition { Operator = ConditionOperators.PercentageSplit, Value = "50" }] }],
        })];
        var together = EnvironmentCompiler.Compile(new EnvironmentModel { Key = "env", Segments = segments }).Snapshot;
        var alone = segments.Select(static segment => EnvironmentCompiler.Compile(new EnvironmentModel { Key = "env", Segments = [segment] }).Snapshot).ToList();

        for (var i = 0; i < 100; i++)
        {
            var identity = new Identity($"user-{i}");
            Assert.Equal(alone.SelectMany(snapshot => snapshot.Evaluate(identity).Segments), together.Evaluate(identity).Segments);
        }
    }

    [Fact]
    public void Compile_ListsThatLookAlikeWhenJoined_AreNotShared()
    {
        string[][] lists = [[], [""], ["", ""], ["a", "b"], ["a\0b"], ["1:a"], ["a"]];
        var segments = lists.Select(static (list, i) => new Segment
        {
            Key = $"{i}",
            Name = $"{i}",
            Rules = [new SegmentRule { Type = RuleTypes.All, Conditions = [new SegmentCondition { Property = "t", Operator = ConditionOperators.In, Values = list }] }],
        });
        var snapshot = EnvironmentCompiler.Compile(new EnvironmentModel { Key = "env", Segments = [.. segments] }).Snapshot;

        Assert.Equal(["1", "2"], Matching(""));
        Assert.Equal(["3", "6"], Matching("a"));
        Assert.Equal(["3"], Matching("b"));
        Assert.Equal(["4"], Matching("a\0b"));
        Assert.Equal(["5"], Matching("1:a"));

        IEnumerable<string> Matching(string value) =>
            snapshot.Evaluate(new Identity("x") { Traits = { ["t"] = value } }).Segments.Select(static segment => segment.Name);
    }
}

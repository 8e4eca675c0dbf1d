using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Workloads;

namespace EdgeProxy.Tooling.Tests.Workloads;

public sealed class DocumentMakerTests
{
    public static TheoryData<string, EnvironmentShape> Shapes => new()
    {
        { nameof(EnvironmentShapes.Small), EnvironmentShapes.Small },
        { nameof(EnvironmentShapes.Plain), EnvironmentShapes.Plain },
        { nameof(EnvironmentShapes.Heavy), EnvironmentShapes.Heavy },
        { nameof(EnvironmentShapes.Large), EnvironmentShapes.Large },
        { nameof(EnvironmentShapes.Crowded), EnvironmentShapes.Crowded },
        { nameof(EnvironmentShapes.Uncrowded), EnvironmentShapes.Uncrowded },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Make_AnyShape_IsADocumentOfThatShapeWithoutProblems(string name, EnvironmentShape shape)
    {
        var (snapshot, problems) = EnvironmentCompiler.Compile(DocumentMaker.Make(shape, name));

        Assert.Empty(problems);
        Assert.Equal(name, snapshot.Key);
        Assert.Equal(shape.Features, snapshot.FeatureCount);
        Assert.Equal(shape.Segments, snapshot.SegmentCount);
        Assert.Equal(shape.IdentityOverrides, snapshot.IdentityOverrideCount);
    }

    [Fact]
    public void Make_SameArguments_SameBytes() =>
        Assert.Equal(DocumentMaker.Make(EnvironmentShapes.Heavy, "key"), DocumentMaker.Make(EnvironmentShapes.Heavy, "key"));

    [Fact]
    public void Make_HeavyAndLarge_AreOfTheSizesTheyAreQuotedWith()
    {
        Assert.InRange(DocumentMaker.Make(EnvironmentShapes.Heavy, "key").Length, 250_000, 350_000);
        Assert.InRange(DocumentMaker.Make(EnvironmentShapes.Large, "key").Length, 4_500_000, 5_800_000);
    }

    [Fact]
    public void Make_OtherRevision_DiffersInTimeAndInTheFirstFeature()
    {
        var before = EnvironmentCompiler.Compile(DocumentMaker.Make(EnvironmentShapes.Small, "key", revision: 1)).Snapshot;
        var after = EnvironmentCompiler.Compile(DocumentMaker.Make(EnvironmentShapes.Small, "key", revision: 2)).Snapshot;

        Assert.Equal(before.UpdatedAt!.Value.AddSeconds(1), after.UpdatedAt);
        Assert.Equal("value_1.1", FirstValue(before));
        Assert.Equal("value_1.2", FirstValue(after));
    }

    private static string FirstValue(EnvironmentSnapshot snapshot) => snapshot.Evaluate().Flags["feature_1"].Value.AsText();
}

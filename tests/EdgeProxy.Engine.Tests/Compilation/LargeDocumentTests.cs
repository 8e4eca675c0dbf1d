using System.Text;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Testing;
using EdgeProxy.Workloads;

namespace EdgeProxy.Engine.Tests.Compilation;

/// <summary>Parts that occur ten thousand times must not cost an object each, neither while compiling nor afterwards.</summary>
public sealed class LargeDocumentTests
{
    // What is measured is 0.7 and 7.5: most of a large document never becomes anything but bytes in a table.
    [AllocationTheory]
    [InlineData(nameof(EnvironmentShapes.Large), 1.0)]
    [InlineData(nameof(EnvironmentShapes.Heavy), 10.0)]
    public void Compile_Document_AllocatesAtMostSoManyTimesItsLength(string shape, double times)
    {
        var document = DocumentMaker.Make(Shape(shape), shape);

        var bytes = AllocationMeter.Measure(() => EnvironmentCompiler.Compile(document), runs: 2) / 2;

        Assert.InRange(bytes, 0, (long)(document.Length * times));
    }

    [Fact]
    public void Compile_TenThousandOverrides_EachIdentityGetsItsOwn()
    {
        var snapshot = EnvironmentCompiler.Compile(DocumentMaker.Make(EnvironmentShapes.Large, "large")).Snapshot;

        for (var number = 0; number < EnvironmentShapes.Large.IdentityOverrides; number += 97)
        {
            var feature = $"feature_{1 + (number % EnvironmentShapes.Large.Features)}";
            var flag = snapshot.Evaluate(new Identity(IdentityRequests.OverriddenIdentifier(number))).Flags[feature];

            Assert.Equal((feature, $"override_{number}", "TARGETING_MATCH; segment=identity_overrides"), (flag.Name, flag.Value.Text, flag.Reason));
        }
    }

    [Fact]
    public void Compile_ManyIdentitiesWithTheSame_RenderedOnce()
    {
        var state = """{"feature":{"id":1,"name":"a"},"enabled":true,"feature_state_value":"on"}""";
        var items = Enumerable.Range(0, 2000).Select(i =>
            $$"""{"identifier":"{{i}}","identity_features":[{{(i % 2 == 0 ? state : state.Replace("\"on\"", $"\"on {i}\"", StringComparison.Ordinal))}}]}""");
        var snapshot = EnvironmentCompiler.Compile(Encoding.UTF8.GetBytes(
            $$$"""{"api_key":"k","feature_states":[{{{state}}}],"identity_overrides":[{{{string.Join(',', items)}}}],"project":{}}""")).Snapshot;

        Assert.Equal(2000, snapshot.IdentityOverrideCount);
        Assert.Equal(Outcome("0"), Outcome("1998"));
        Assert.Equal(1001, Enumerable.Range(0, 2000).Select(static i => $"{i}").Select(Outcome).Distinct().Count());

        int Outcome(string identifier)
        {
            var frame = new EvaluationFrame();
            frame.Begin(snapshot);
            frame.SetIdentity(Encoding.UTF8.GetBytes(identifier));
            frame.Evaluate();
            return frame.Outcomes[0];
        }
    }

    [Fact]
    public void Compile_ModelWhoseIdentitiesHaveTheSame_RenderedOnce()
    {
        var feature = new FeatureState { Name = "a", FeatureId = 1 };
        var model = new EnvironmentModel { Key = "k", Features = [feature] };
        var overrides = Enumerable.Range(0, 100).Select(i => new IdentityOverride { Identifier = $"{i}", States = [feature with { Key = $"{i}", Value = "on" }] });

        var flags = EnvironmentCompiler.Compile(model with { IdentityOverrides = [.. overrides] }).Snapshot.Flags.Count;

        Assert.Equal(EnvironmentCompiler.Compile(model).Snapshot.Flags.Count + 1, flags);
    }

    private static EnvironmentShape Shape(string name) => name == nameof(EnvironmentShapes.Large) ? EnvironmentShapes.Large : EnvironmentShapes.Heavy;
}

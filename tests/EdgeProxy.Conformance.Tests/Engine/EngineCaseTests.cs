using EdgeProxy.Engine;
using EdgeProxy.Testing;

namespace EdgeProxy.Conformance.Tests.Engine;

/// <summary>The cross-language engine cases that Flagsmith publishes, against the compiled engine.</summary>
public sealed class EngineCaseTests
{
    [EngineTestDataTheory]
    [MemberData(nameof(EngineTestData.CaseNames), MemberType = typeof(EngineTestData))]
    public void Evaluate_EngineCase_GivesTheExpectedFlagsAndSegments(string name)
    {
        var engineCase = EngineTestData.Read(name);

        var result = CompiledEnvironment.Compile(engineCase.Model).Evaluate(engineCase.Identity);

        Assert.Equal(
            engineCase.Segments.Select(static segment => (segment.Name, EngineCaseText.Of(segment.Metadata))),
            result.Segments.Select(static segment => (segment.Name, EngineCaseText.Of(segment.Metadata))));
        Assert.Equal(
            engineCase.Flags.Select(EngineCaseText.Of).Order(StringComparer.Ordinal),
            result.Flags.Values
                .Select(static flag => EngineCaseText.Of(flag.Name, flag.Enabled, flag.Value, flag.Reason, flag.Variant, flag.Metadata))
                .Order(StringComparer.Ordinal));
    }
}

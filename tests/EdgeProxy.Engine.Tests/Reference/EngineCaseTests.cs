using EdgeProxy.Testing;

namespace EdgeProxy.Engine.Tests.Reference;

public sealed class EngineCaseTests
{
    [EngineTestDataTheory]
    [MemberData(nameof(EngineTestData.CaseNames), MemberType = typeof(EngineTestData))]
    public void Evaluate_EngineCase_GivesTheExpectedFlagsAndSegments(string name)
    {
        var engineCase = EngineTestData.Read(name);

        var result = ReferenceInterpreter.Evaluate(engineCase.Model, engineCase.Identity);

        Assert.Equal(engineCase.Segments.Select(segment => segment.Name), result.Segments);
        Assert.Equal(
            engineCase.Flags.OrderBy(flag => flag.Name, StringComparer.Ordinal).Select(EngineCaseText.Of),
            result.Flags.OrderBy(flag => flag.Name, StringComparer.Ordinal)
                .Select(flag => EngineCaseText.Of(flag.Name, flag.Enabled, flag.Value, flag.Reason, flag.Variant, flag.Winner.Metadata)));
    }
}

using System.Text.Json;
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
            engineCase.Flags.OrderBy(flag => flag.Name, StringComparer.Ordinal).Select(Describe),
            result.Flags.OrderBy(flag => flag.Name, StringComparer.Ordinal).Select(Describe));
    }

    private static string Describe(EngineCaseFlag flag) =>
        $"{flag.Name}: {flag.Enabled}, {flag.Value.Kind} {flag.Value}, {flag.Reason}, {flag.Variant ?? "-"}, {Compact(flag.Metadata)}";

    private static string Describe(ReferenceFlag flag) =>
        $"{flag.Name}: {flag.Enabled}, {flag.Value.Kind} {flag.Value}, {flag.Reason}, {flag.Variant ?? "-"}, {Compact((JsonElement?)flag.Winner.Metadata)}";

    private static string Compact(JsonElement? metadata) => metadata is { } present ? JsonSerializer.Serialize(present) : "-";
}

using System.Text.Json;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
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

        var result = EnvironmentCompiler.Compile(engineCase.Model).Snapshot.Evaluate(engineCase.Identity);

        Assert.Equal(
            engineCase.Segments.Select(static segment => (segment.Name, Compact(segment.Metadata))),
            result.Segments.Select(static segment => (segment.Name, Compact((JsonElement?)segment.Metadata))));
        Assert.Equal(
            engineCase.Flags.Select(Describe).Order(StringComparer.Ordinal),
            result.Flags.Values.Select(Describe).Order(StringComparer.Ordinal));
    }

    private static string Describe(EngineCaseFlag flag) =>
        $"{flag.Name}: {flag.Enabled}, {flag.Value.Kind} {flag.Value}, {flag.Reason}, {flag.Variant ?? "-"}, {Compact(flag.Metadata)}";

    private static string Describe(FlagResult flag) =>
        $"{flag.Name}: {flag.Enabled}, {flag.Value.Kind} {flag.Value}, {flag.Reason}, {flag.Variant ?? "-"}, {Compact((JsonElement?)flag.Metadata)}";

    private static string Compact(JsonElement? metadata) => metadata is { } present ? JsonSerializer.Serialize(present) : "-";
}

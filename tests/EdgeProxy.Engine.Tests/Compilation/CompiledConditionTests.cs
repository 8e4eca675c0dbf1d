using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Tests.Reference;

namespace EdgeProxy.Engine.Tests.Compilation;

/// <summary>The tables hold for the engine.</summary>
public sealed class CompiledConditionTests : ConditionTheories
{
    /// <inheritdoc/>
    protected override (IEnumerable<string> Segments, bool IsOn) Evaluate(EnvironmentModel model, Identity? identity)
    {
        var result = EnvironmentCompiler.Compile(model).Snapshot.Evaluate(identity);
        return (result.Segments.Select(static segment => segment.Name), Assert.Single(result.Flags).Value.Enabled);
    }
}

using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>The tables hold for the interpreter.</summary>
public sealed class ReferenceConditionTests : ConditionTheories
{
    /// <inheritdoc/>
    protected override (IEnumerable<string> Segments, bool IsOn) Evaluate(EnvironmentModel model, Identity? identity)
    {
        var result = ReferenceInterpreter.Evaluate(model, identity);
        return (result.Segments, Assert.Single(result.Flags).Enabled);
    }
}

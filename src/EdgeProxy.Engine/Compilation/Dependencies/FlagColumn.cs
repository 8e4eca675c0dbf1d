using EdgeProxy.Engine.Compilation.Properties;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation.Dependencies;

/// <summary>The values of one feature for the paths that read the same fields.</summary>
/// <param name="fields">The fields.</param>
internal sealed class FlagColumn(FlagFields fields)
{
    /// <summary>The fields.</summary>
    public FlagFields Fields { get; } = fields;

    /// <summary>The values so far, one for each flag of the feature.</summary>
    public List<SlotValue> Values { get; } = [];
}

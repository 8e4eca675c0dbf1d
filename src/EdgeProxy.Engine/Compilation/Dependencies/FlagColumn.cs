using EdgeProxy.Engine.Compilation.Properties;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation.Dependencies;

/// <summary>The values of one feature for the paths that read the same fields.</summary>
/// <param name="fields">The fields, in the order in which they are tried.</param>
internal sealed class FlagColumn(FlagField[] fields)
{
    /// <summary>The fields, in the order in which they are tried.</summary>
    public FlagField[] Fields { get; } = fields;

    /// <summary>The values so far, one for each flag of the feature.</summary>
    public List<SlotValue> Values { get; } = [];
}

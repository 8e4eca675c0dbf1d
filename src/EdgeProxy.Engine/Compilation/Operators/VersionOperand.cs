using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary>The parts of an operand that is a semantic version.</summary>
internal sealed class VersionOperand(SemanticVersion parts)
{
    /// <summary>The parts.</summary>
    public readonly SemanticVersion Parts = parts;
}

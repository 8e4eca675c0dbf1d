namespace EdgeProxy.Engine.Model;

/// <summary>The types of rules (docs/spec/evaluation.md 3.2).</summary>
public static class RuleTypes
{
    /// <summary>All members are true.</summary>
    public const string All = "ALL";

    /// <summary>At least one member is true.</summary>
    public const string Any = "ANY";

    /// <summary>No member is true.</summary>
    public const string None = "NONE";
}

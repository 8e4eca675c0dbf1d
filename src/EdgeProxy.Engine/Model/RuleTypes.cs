namespace EdgeProxy.Engine.Model;

/// <summary>How a rule puts its parts together.</summary>
public static class RuleTypes
{
    /// <summary>Every part holds.</summary>
    public const string All = "ALL";

    /// <summary>At least one part holds.</summary>
    public const string Any = "ANY";

    /// <summary>No part holds.</summary>
    public const string None = "NONE";
}

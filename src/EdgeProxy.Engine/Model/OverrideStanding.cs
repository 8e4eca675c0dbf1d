namespace EdgeProxy.Engine.Model;

/// <summary>The part that an override had in a decision (docs/spec/explain.md 2).</summary>
public enum OverrideStanding
{
    /// <summary>It decided the flag.</summary>
    Applied,

    /// <summary>It is not for the identity.</summary>
    NotMatched,

    /// <summary>It is for the identity, but a stronger one decided.</summary>
    Lost,

    /// <summary>A stronger one had decided already.</summary>
    NotEvaluated,
}

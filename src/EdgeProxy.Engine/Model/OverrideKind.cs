namespace EdgeProxy.Engine.Model;

/// <summary>The kind of a feature state: of the environment, a segment or an identity (docs/spec/evaluation.md 1.3).</summary>
public enum OverrideKind
{
    /// <summary>The environment's own state, which is no override.</summary>
    None,

    /// <summary>The override of a segment.</summary>
    Segment,

    /// <summary>The override of the identity.</summary>
    Identity,
}

namespace EdgeProxy.Engine.Evaluation;

/// <summary>How much of an environment an evaluation asks for.</summary>
public enum EvaluationScope
{
    /// <summary>The flags: segments that override nothing are not looked at, and neither are traits only they ask for.</summary>
    Flags,

    /// <summary>The flags, and which segments match.</summary>
    FlagsAndSegments,
}

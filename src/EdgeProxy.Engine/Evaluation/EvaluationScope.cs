namespace EdgeProxy.Engine.Evaluation;

/// <summary>The extent of an evaluation.</summary>
internal enum EvaluationScope
{
    /// <summary>
    /// Flags only: segments that override nothing are not evaluated, and traits that only they use are ignored.
    /// </summary>
    Flags,

    /// <summary>Flags, and the segments that match (docs/spec/evaluation.md 3.1).</summary>
    FlagsAndSegments,
}

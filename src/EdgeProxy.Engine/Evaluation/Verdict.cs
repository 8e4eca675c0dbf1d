namespace EdgeProxy.Engine.Evaluation;

/// <summary>The result of a segment's evaluation that met no cycle, which no later one can change.</summary>
internal enum Verdict : byte
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>The segment does not match.</summary>
    NoMatch,

    /// <summary>The segment matches.</summary>
    Match,
}

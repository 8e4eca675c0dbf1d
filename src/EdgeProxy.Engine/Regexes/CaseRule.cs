namespace EdgeProxy.Engine.Regexes;

/// <summary>Which characters count as the same letter.</summary>
internal enum CaseRule
{
    /// <summary>None but itself.</summary>
    Exact,

    /// <summary>IGNORECASE.</summary>
    Ignore,

    /// <summary>IGNORECASE with ASCII: A to Z only.</summary>
    IgnoreAscii,
}

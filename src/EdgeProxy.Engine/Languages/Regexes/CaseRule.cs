namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>The rule by which characters are equal when case is ignored.</summary>
internal enum CaseRule
{
    /// <summary>None but itself.</summary>
    Exact,

    /// <summary>The letters with the same lower case.</summary>
    Ignore,

    /// <summary>The same, of A to Z only.</summary>
    IgnoreAscii,
}

namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>The links of a flag that are not the number of another flag.</summary>
internal static class FlagLinks
{
    /// <summary>Nothing: the flag is the first of its chain, and does not start an answer either.</summary>
    public const int None = -1;

    /// <summary>The start of an answer.</summary>
    public const int Start = -2;

    /// <summary>The flag is left out of every answer.</summary>
    public const int Hidden = -3;

    /// <summary>A value that no flag is linked to.</summary>
    public const int Nothing = -4;
}

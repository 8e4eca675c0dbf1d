namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>What a flag can be linked to besides the number of another flag.</summary>
internal static class FlagLinks
{
    /// <summary>Nothing: the flag is the first of its chain, and does not start an answer either.</summary>
    public const int None = -1;

    /// <summary>The start of an answer.</summary>
    public const int Start = -2;

    /// <summary>The flag is left out of every answer.</summary>
    public const int Hidden = -3;

    /// <summary>What no flag is linked to.</summary>
    public const int Nothing = -4;
}

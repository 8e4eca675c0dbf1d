using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Rendering;

/// <summary>The place of a flag among the rendered ones, with the comma behind it.</summary>
/// <param name="Start">The opening brace.</param>
/// <param name="CutStart">The start of the part of the reason that is hidden from clients; or the position of <paramref name="Insert"/>.</param>
/// <param name="CutEnd">The end of the hidden part; <paramref name="CutStart"/> if there is none.</param>
/// <param name="End">The first byte behind the comma.</param>
/// <param name="Insert">The text that is stored once for many flags.</param>
/// <param name="IsHiddenFromClients">True if the flag is hidden from clients.</param>
internal readonly record struct FlagSlice(int Start, int CutStart, int CutEnd, int End, FlagInsert Insert, bool IsHiddenFromClients)
{
    /// <summary>Determines whether the flag is more than one piece for an audience.</summary>
    public bool IsSplit(FlagAudience audience) => Insert != FlagInsert.None || (CutEnd > CutStart && audience == FlagAudience.Client);

    /// <summary>Determines whether the flag is hidden from the audience.</summary>
    public bool IsLeftOut(FlagAudience audience) => IsHiddenFromClients && audience == FlagAudience.Client;

    /// <summary>Determines whether an audience gets the flag, in one piece.</summary>
    public bool IsWhole(FlagAudience audience) => !IsLeftOut(audience) && !IsSplit(audience);
}

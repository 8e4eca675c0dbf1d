namespace EdgeProxy.Engine.Rendering;

/// <summary>Where a flag stands among the rendered ones, with the comma behind it.</summary>
/// <param name="Start">The opening brace.</param>
/// <param name="End">The first byte behind the comma.</param>
/// <param name="IsHiddenFromClients">Whether only servers are told of it.</param>
internal readonly record struct FlagSlice(int Start, int End, bool IsHiddenFromClients);

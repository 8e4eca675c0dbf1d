namespace EdgeProxy.Host.Analytics;

/// <summary>An entry of a body, whose name was counted before or is unknown.</summary>
/// <param name="Cell">The cell of the name; null if the environment has no such feature.</param>
/// <param name="Count">The count, from 0 to <see cref="FlagCounts.MaxCount"/>.</param>
/// <param name="Start">The place of the first digit in the body.</param>
/// <param name="End">The place behind the last digit.</param>
internal readonly record struct KnownCount(CountCell? Cell, long Count, int Start, int End);

using System.Globalization;

namespace EdgeProxy.Benchmarks.Allocations;

/// <summary>Something in which a table and what was measured differ.</summary>
/// <param name="Kind">In what.</param>
/// <param name="Name">The benchmark.</param>
/// <param name="Bytes">The measured bytes; 0 without a measurement.</param>
/// <param name="Line">The table's line, if it has one.</param>
internal sealed record AllocationDifference(AllocationDifferenceKind Kind, string Name, long Bytes, AllocationLine? Line)
{
    /// <summary>The difference on one line, for the log of a failed check.</summary>
    public override string ToString() => Kind switch
    {
        AllocationDifferenceKind.NotZero => Say($"{Name}: allocates {Bytes} bytes, must allocate none"),
        AllocationDifferenceKind.TableNotZero => Say($"{Name}: the table says {Line?.Bytes} bytes, but it must allocate none"),
        AllocationDifferenceKind.More => Say($"{Name}: allocates {Bytes} bytes, more than the {Expected} of the table"),
        AllocationDifferenceKind.Fewer => Say($"{Name}: allocates {Bytes} bytes, fewer than the {Expected} of the table, which must be brought up to date"),
        AllocationDifferenceKind.NotInTable => Say($"{Name}: allocates {Bytes} bytes, is not in the table"),
        _ => Say($"{Name}: is in the table, but there is no such benchmark"),
    };

    private string Expected => Line is { TolerancePercent: > 0 } ? Say($"{Line.Bytes} ±{Line.TolerancePercent}%") : Say($"{Line?.Bytes}");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

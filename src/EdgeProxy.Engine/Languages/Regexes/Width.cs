using System.Runtime.InteropServices;

namespace EdgeProxy.Engine.Languages.Regexes;

/// <summary>The minimum and maximum number of code points that a part of a pattern can match.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Width(long Min, long Max)
{
    /// <summary>Stands for everything larger, too: no text is as long. Small enough that products do not overflow.</summary>
    public const long Limit = 1 << 30;

    public static Width Zero => default;

    public static Width One => new(1, 1);

    public bool IsFixed => Min == Max;

    public static Width operator +(Width left, Width right) =>
        new(Math.Min(left.Min + right.Min, Limit), Math.Min(left.Max + right.Max, Limit));

    /// <summary>Either the one or the other.</summary>
    public static Width operator |(Width left, Width right) =>
        new(Math.Min(left.Min, right.Min), Math.Max(left.Max, right.Max));

    public Width Repeated(uint min, uint max) => new(Math.Min(Min * min, Limit), Math.Min(Max * max, Limit));

    public static Width OfSequence(IEnumerable<PatternNode> items) =>
        items.Aggregate(Zero, static (width, item) => width + item.Width);

    public static Width OfAlternation(IEnumerable<PatternNode> options) =>
        options.Select(static option => option.Width).Aggregate(static (width, option) => width | option);
}

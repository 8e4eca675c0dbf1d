using System.Globalization;

namespace EdgeProxy.Benchmarks.Allocations;

/// <summary>A line of the table: what one benchmark allocates.</summary>
/// <param name="Name">The benchmark's name, without a space.</param>
/// <param name="Bytes">Bytes an operation.</param>
/// <param name="TolerancePercent">The tolerated deviation of a figure that varies; 0 for none.</param>
internal sealed record AllocationLine(string Name, long Bytes, decimal TolerancePercent = 0)
{
    private const int NameWidth = 52;
    private const int BytesWidth = 12;

    /// <summary>True if so many bytes are what the line says.</summary>
    public bool Covers(long bytes) => Math.Abs(bytes - Bytes) <= Bytes * TolerancePercent / 100;

    /// <summary>The line as it stands in the file.</summary>
    public override string ToString()
    {
        var exact = string.Create(CultureInfo.InvariantCulture, $"{Name.PadRight(NameWidth)} {Bytes,BytesWidth}");
        return TolerancePercent == 0 ? exact : string.Create(CultureInfo.InvariantCulture, $"{exact} ±{TolerancePercent}%");
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is not one; the message quotes it.</exception>
    public static AllocationLine Parse(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var tolerance = 0m;
        return parts.Length is 2 or 3
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            && (parts.Length == 2 || TryParseTolerance(parts[2], out tolerance))
            ? new AllocationLine(parts[0], bytes, tolerance)
            : throw new FormatException($"Not a name, a number of bytes and perhaps a tolerance (±2%): {text}");
    }

    private static bool TryParseTolerance(string text, out decimal percent)
    {
        percent = 0;
        return text.StartsWith('±')
            && text.EndsWith('%')
            && decimal.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out percent);
    }
}

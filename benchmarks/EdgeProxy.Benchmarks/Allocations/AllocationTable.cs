namespace EdgeProxy.Benchmarks.Allocations;

/// <summary>The committed allocations of all benchmarks: one line each, ordered by name.</summary>
/// <param name="Lines">The lines.</param>
internal sealed record AllocationTable(IReadOnlyList<AllocationLine> Lines)
{
    private const char CommentStart = '#';

    private static readonly string[] Header =
    [
        "# Bytes allocated by one operation of each benchmark; see README.md. Checked, and written anew, from the root of the repository by",
        "#   dotnet run -c Release --project benchmarks/EdgeProxy.Benchmarks -- allocations [--update]",
        "",
    ];

    /// <summary>Reads a table.</summary>
    /// <exception cref="FormatException">A line is none, or not where it belongs.</exception>
    public static AllocationTable Parse(string text)
    {
        AllocationLine[] lines =
        [
            .. text.Split('\n', StringSplitOptions.TrimEntries)
                .Where(static line => line.Length > 0 && line[0] != CommentStart)
                .Select(AllocationLine.Parse),
        ];
        for (var i = 1; i < lines.Length; i++)
        {
            if (string.CompareOrdinal(lines[i - 1].Name, lines[i].Name) >= 0)
            {
                throw new FormatException($"Lines are ordered by name, one for each: {lines[i].Name} is behind {lines[i - 1].Name}");
            }
        }

        return new AllocationTable(lines);
    }

    /// <summary>
    /// The table brought up to date: tolerances stay, and so do figures within them, so that an update does not change them all.
    /// </summary>
    public AllocationTable Update(IEnumerable<AllocationMeasurement> measurements)
    {
        var lines = Lines.ToDictionary(static line => line.Name, StringComparer.Ordinal);
        return new AllocationTable(
        [
            .. measurements
                .Select(measurement => !lines.TryGetValue(measurement.Name, out var line)
                    ? new AllocationLine(measurement.Name, measurement.Bytes)
                    : line.Covers(measurement.Bytes) ? line : line with { Bytes = measurement.Bytes })
                .OrderBy(static line => line.Name, StringComparer.Ordinal),
        ]);
    }

    /// <summary>The table as it stands in the file.</summary>
    public override string ToString() => string.Concat(Header.Concat(Lines.Select(static line => line.ToString())).Select(static line => $"{line}\n"));
}

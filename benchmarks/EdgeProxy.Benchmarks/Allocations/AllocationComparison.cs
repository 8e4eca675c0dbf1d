namespace EdgeProxy.Benchmarks.Allocations;

/// <summary>Compares a table with what was measured.</summary>
internal static class AllocationComparison
{
    /// <summary>Everything in which they differ; empty if all is well.</summary>
    public static IReadOnlyList<AllocationDifference> Compare(AllocationTable table, IReadOnlyCollection<AllocationMeasurement> measurements)
    {
        var lines = table.Lines.ToDictionary(static line => line.Name, StringComparer.Ordinal);
        var names = measurements.Select(static measurement => measurement.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. measurements.SelectMany(measurement => Compare(lines.GetValueOrDefault(measurement.Name), measurement)),
            .. table.Lines
                .Where(line => !names.Contains(line.Name))
                .Select(static line => new AllocationDifference(AllocationDifferenceKind.NotMeasured, line.Name, 0, line)),
        ];
    }

    /// <summary>Differences that no table can allow.</summary>
    public static IReadOnlyList<AllocationDifference> Forbidden(IEnumerable<AllocationMeasurement> measurements) =>
    [
        .. measurements
            .Where(static measurement => measurement is { MustBeZero: true, Bytes: not 0 })
            .Select(static measurement => new AllocationDifference(AllocationDifferenceKind.NotZero, measurement.Name, measurement.Bytes, null)),
    ];

    private static IEnumerable<AllocationDifference> Compare(AllocationLine? line, AllocationMeasurement measurement)
    {
        if (measurement is { MustBeZero: true, Bytes: not 0 })
        {
            yield return Difference(AllocationDifferenceKind.NotZero);
        }

        if (line is null)
        {
            yield return Difference(AllocationDifferenceKind.NotInTable);
        }
        else if (measurement.MustBeZero && line.Bytes != 0)
        {
            yield return Difference(AllocationDifferenceKind.TableNotZero);
        }
        else if (!measurement.MustBeZero && !line.Covers(measurement.Bytes))
        {
            yield return Difference(measurement.Bytes > line.Bytes ? AllocationDifferenceKind.More : AllocationDifferenceKind.Fewer);
        }

        AllocationDifference Difference(AllocationDifferenceKind kind) => new(kind, measurement.Name, measurement.Bytes, line);
    }
}

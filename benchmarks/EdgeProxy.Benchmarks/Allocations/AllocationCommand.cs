using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Host.Http.Identities;

namespace EdgeProxy.Benchmarks.Allocations;

/// <summary><c>allocations [--update]</c>: what every benchmark allocates, compared with the table or written into it.</summary>
internal static class AllocationCommand
{
    private const string TablePath = "benchmarks/allocations.txt";
    private const string UpdateOption = "--update";

    /// <summary>Runs the command; returns the exit code.</summary>
    public static int Run(string[] options, TextWriter output)
    {
        if (options is not ([] or [UpdateOption]))
        {
            return Fail(output, $"Usage: allocations [{UpdateOption}]");
        }

        if (!IsOptimized(typeof(EvaluationFrame)) || !IsOptimized(typeof(IdentityRequest)))
        {
            return Fail(output, "Allocations are counted in optimized builds only: dotnet run -c Release");
        }

        if (!File.Exists(TablePath))
        {
            return Fail(output, $"There is no {TablePath} here: run this from the root of the repository.");
        }

        try
        {
            var table = AllocationTable.Parse(File.ReadAllText(TablePath));
            var measurements = Measure(output);
            return options is [UpdateOption] ? Update(table, measurements, output) : Check(table, measurements, output);
        }
        catch (FormatException exception)
        {
            return Fail(output, $"{TablePath}: {exception.Message}");
        }
    }

    private static List<AllocationMeasurement> Measure(TextWriter output)
    {
        var measurements = new List<AllocationMeasurement>();
        foreach (var benchmark in BenchmarkCatalog.Cases())
        {
            var measurement = new AllocationMeasurement(
                BenchmarkCatalog.NameOf(benchmark),
                AllocationMeter.Measure(BenchmarkOperation.Prepare(benchmark)),
                benchmark.Descriptor.HasCategory(Categories.NoAllocations));
            output.WriteLine(new AllocationLine(measurement.Name, measurement.Bytes));
            measurements.Add(measurement);
        }

        return measurements;
    }

    private static int Check(AllocationTable table, List<AllocationMeasurement> measurements, TextWriter output)
    {
        var differences = AllocationComparison.Compare(table, measurements);
        if (differences.Count > 0)
        {
            return Fail(output, differences);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"All {measurements.Count} as in {TablePath}."));
        return 0;
    }

    private static int Update(AllocationTable table, List<AllocationMeasurement> measurements, TextWriter output)
    {
        var forbidden = AllocationComparison.Forbidden(measurements);
        if (forbidden.Count > 0)
        {
            return Fail(output, forbidden);
        }

        File.WriteAllText(TablePath, table.Update(measurements).ToString());
        output.WriteLine($"{TablePath} is up to date.");
        return 0;
    }

    private static bool IsOptimized(Type type) =>
        type.Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    private static int Fail(TextWriter output, params IEnumerable<object> problems)
    {
        foreach (var problem in problems)
        {
            output.WriteLine($"FAILED {problem}");
        }

        return 1;
    }
}

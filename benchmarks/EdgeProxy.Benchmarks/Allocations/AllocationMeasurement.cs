namespace EdgeProxy.Benchmarks.Allocations;

/// <summary>The allocations of a benchmark.</summary>
/// <param name="Name">The benchmark's name, without a space.</param>
/// <param name="Bytes">Bytes an operation.</param>
/// <param name="MustBeZero">True if the design says zero, whatever a table says.</param>
internal sealed record AllocationMeasurement(string Name, long Bytes, bool MustBeZero);

using System.Text;
using BenchmarkDotNet.Attributes;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Benchmarks.Hashing;

/// <summary>The percentage hash, which each split and each feature with variants asks for.</summary>
[BenchmarkCategory(Categories.NoAllocations)]
public class PercentageHashBenchmarks
{
    private readonly PercentageHashes _hashes = new();
    private readonly byte[][] _keys = [.. Enumerable.Range(10, PercentageHashes.MaxOwners).Select(static i => Encoding.ASCII.GetBytes($"0d3c6a0e-3b7c-4e0e-9c39-6a3a5d7a8a{i}"))];
    private readonly double[] _points = new double[PercentageHashes.MaxOwners];

    /// <summary>A number for a key and a short identifier: one block of MD5.</summary>
    [Benchmark(Baseline = true)]
    public double OneBlock() => PercentageHash.Of("12345"u8, "Wy6Bz9Yk3Qm5Xc7Vt8Rn2L_user-42"u8);

    /// <summary>A UUID for a key and another for an identifier: two blocks.</summary>
    [Benchmark]
    public double TwoBlocks() => PercentageHash.Of("0d3c6a0e-3b7c-4e0e-9c39-6a3a5d7a8a11"u8, "Wy6Bz9Yk3Qm5Xc7Vt8Rn2L_7f1c1f1e-5a2b-4c3d-8e4f-9a0b1c2d3e4f"u8);

    /// <summary>The same for as many UUIDs as go at a time.</summary>
    [Benchmark]
    public void TwoBlocksManyTimes() => _hashes.Of(_keys, "Wy6Bz9Yk3Qm5Xc7Vt8Rn2L_7f1c1f1e-5a2b-4c3d-8e4f-9a0b1c2d3e4f"u8, _points);
}

using BenchmarkDotNet.Attributes;
using EdgeProxy.Benchmarks.Subjects;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Workloads;

namespace EdgeProxy.Benchmarks.Compiling;

/// <summary>The steps for a changed document other than compiling. All with the same document, of 5 MB.</summary>
public class DocumentAdmissionBenchmarks
{
    private readonly byte[] _document = Environments.Document(EnvironmentShapes.Large);
    private readonly EnvironmentSnapshot _snapshot = Environments.Snapshot(EnvironmentShapes.Large);

    /// <summary>Compiling it, to compare with.</summary>
    [Benchmark(Baseline = true)]
    public object Compile() => EnvironmentCompiler.Compile(_document);

    /// <summary>Finding out whether it says what the one before says.</summary>
    [Benchmark]
    public bool Digest() => DocumentDigest.Of(_document).HasValue;

    /// <summary>Finding out whether it may say that at all.</summary>
    [Benchmark]
    public bool Sketch() => DocumentSketch.Of(_document).HasValue;

    /// <summary>Trying the snapshot on a few identities.</summary>
    [Benchmark]
    public void SelfTest() => _snapshot.SelfTest();
}

using System.Text.Json;
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
    private const string TimeMember = "updated_at";

    private readonly byte[] _document = Environments.Document(EnvironmentShapes.Large);
    private readonly byte[] _later = LaterDocument();
    private readonly EnvironmentSnapshot _snapshot = Environments.Snapshot(EnvironmentShapes.Large);

    /// <summary>Compiling it, to compare with.</summary>
    [Benchmark(Baseline = true)]
    public object Compile() => EnvironmentCompiler.Compile(_document);

    /// <summary>Finding out whether it says what the one before says.</summary>
    [Benchmark]
    public bool Digest() => DocumentDigest.Of(_document).HasValue;

    /// <summary>
    /// The same by bytes, which finds documents only that are spelled alike: the members before the time of the last change are
    /// skipped, and the bytes around it compared.
    /// </summary>
    [Benchmark]
    public bool CompareBytes()
    {
        var before = TimeOf(_document);
        var after = TimeOf(_later);
        return _document.AsSpan(0, before.Start.Value).SequenceEqual(_later.AsSpan(0, after.Start.Value))
            && _document.AsSpan(before.End.Value).SequenceEqual(_later.AsSpan(after.End.Value));
    }

    /// <summary>Finding out whether it may say that at all.</summary>
    [Benchmark]
    public bool Sketch() => DocumentSketch.Of(_document).HasValue;

    /// <summary>Trying the snapshot on a few identities.</summary>
    [Benchmark]
    public void SelfTest() => _snapshot.SelfTest();

    /// <summary>The same document a second later.</summary>
    private static byte[] LaterDocument()
    {
        var document = Environments.Document(EnvironmentShapes.Large);
        var time = document.AsSpan(TimeOf(document));
        time[time.IndexOf("Z"u8) - 1] = (byte)'1'; // the last digit of the fraction
        return document;
    }

    /// <summary>The place of the value of the root's <c>updated_at</c>.</summary>
    private static Range TimeOf(ReadOnlySpan<byte> document)
    {
        var reader = new Utf8JsonReader(document);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isTime = reader.ValueTextEquals(TimeMember);
            reader.Read();
            if (isTime)
            {
                return (int)reader.TokenStartIndex..(int)reader.BytesConsumed;
            }

            reader.Skip();
        }

        throw new InvalidOperationException($"The document has no {TimeMember}.");
    }
}

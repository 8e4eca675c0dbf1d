using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;

namespace EdgeProxy.Engine.Compilation;

/// <summary>
/// Compiles an environment into a snapshot, once for each change; evaluation then only looks up, compares and copies.
/// Takes milliseconds and memory in proportion to the document, and so does not belong on a request path.
/// </summary>
public static class EnvironmentCompiler
{
    /// <summary>The limit on the nesting of documents; a deeper one is rejected as invalid JSON (docs/spec/evaluation.md 1.1).</summary>
    public const int MaxDocumentDepth = EnvironmentDocumentReader.MaxDepth;

    /// <summary>Reads and compiles an environment document (docs/spec/evaluation.md 1).</summary>
    /// <param name="document">JSON in UTF-8, as the Flagsmith API returns it. Not kept.</param>
    /// <exception cref="EnvironmentDocumentException">The document is rejected as a whole; the message says why.</exception>
    public static CompilationResult Compile(ReadOnlyMemory<byte> document)
    {
        var problems = new ProblemList();
        var read = EnvironmentDocumentReader.Read(document, problems);
        return Compile(read.Model, read.SegmentPaths, read.Overrides, problems, keepsStates: false);
    }

    /// <summary>Compiles a model.</summary>
    public static CompilationResult Compile(EnvironmentModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var segments = DocumentPath.Root.Member("segments");
        return Compile(model, [.. model.Segments.Select((_, i) => segments.Item(i))], overrides: null, new ProblemList(), keepsStates: true);
    }

    private static CompilationResult Compile(
        EnvironmentModel model,
        IReadOnlyList<DocumentPath> segmentPaths,
        DocumentOverrides? overrides,
        ProblemList problems,
        bool keepsStates)
    {
        using var renderer = new FlagRenderer(model, keepsStates, overrides?.Count ?? 0);
        var builder = new SnapshotBuilder(model, overrides, renderer, problems);
        var snapshot = new EnvironmentSnapshot(builder.Build(segmentPaths));
        return new CompilationResult(snapshot, problems.Problems);
    }
}

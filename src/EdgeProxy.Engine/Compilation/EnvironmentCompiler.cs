using System.Runtime.CompilerServices;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Compilation;

/// <summary>
/// Compiles an environment into a snapshot, once for each change; evaluation then only looks up, compares and copies. Takes
/// milliseconds, and memory in proportion to the document, so it does not belong on a request path.
/// </summary>
internal static class EnvironmentCompiler
{
    /// <summary>The limit on the nesting of documents; a deeper one is rejected as invalid JSON (docs/spec/evaluation.md 1.1).</summary>
    public const int MaxDocumentDepth = EnvironmentDocumentReader.MaxDepth;

    /// <summary>Reads and compiles an environment document (docs/spec/evaluation.md 1), with all details of flags.</summary>
    /// <param name="document">JSON in UTF-8, as the Flagsmith API returns it. Not kept.</param>
    /// <exception cref="EnvironmentDocumentException">The document is rejected as a whole; the message says why.</exception>
    public static CompilationResult Compile(ReadOnlyMemory<byte> document) => Compile(document, FlagDetails.Full);

    /// <summary>Reads and compiles an environment document (docs/spec/evaluation.md 1).</summary>
    /// <param name="document">JSON in UTF-8, as the Flagsmith API returns it. Not kept.</param>
    /// <param name="details">The optional members of flags.</param>
    /// <exception cref="EnvironmentDocumentException">The document is rejected as a whole; the message says why.</exception>
    public static CompilationResult Compile(ReadOnlyMemory<byte> document, FlagDetails details)
    {
        var problems = new ProblemList(new StepBudget());
        try
        {
            return new CompilationResult(new EnvironmentSnapshot(ReadParts(document, details, problems)), problems.Problems);
        }
        catch (StepBudgetException exception)
        {
            throw new EnvironmentDocumentException(exception.Message, exception);
        }
    }

    /// <summary>Compiles a model, with all details of flags.</summary>
    /// <param name="model">The model.</param>
    public static CompilationResult Compile(EnvironmentModel model) => Compile(model, FlagDetails.Full);

    /// <summary>Compiles a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="details">The optional members of flags.</param>
    public static CompilationResult Compile(EnvironmentModel model, FlagDetails details)
    {
        ArgumentNullException.ThrowIfNull(model);
        var segments = DocumentPath.Root.Member("segments");
        var problems = new ProblemList(StepBudget.Unlimited());
        var parts = Compile(model, [.. model.Segments.Select((_, i) => segments.Item(i))], overrides: null, problems, details, keepsStates: true);
        return new CompilationResult(new EnvironmentSnapshot(parts), problems.Problems);
    }

    /// <summary>Reads and compiles a document up to the parts, which have no reference to the model.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // so that no variable keeps the model, twice as long as the document, while bodies are created
    private static SnapshotParts ReadParts(ReadOnlyMemory<byte> document, FlagDetails details, ProblemList problems)
    {
        var read = EnvironmentDocumentReader.Read(document, problems);
        return Compile(read.Model, read.SegmentPaths, read.Overrides, problems, details, keepsStates: false);
    }

    private static SnapshotParts Compile(
        EnvironmentModel model,
        IReadOnlyList<DocumentPath> segmentPaths,
        DocumentOverrides? overrides,
        ProblemList problems,
        FlagDetails details,
        bool keepsStates)
    {
        using var renderer = new FlagRenderer(model, details, keepsStates, overrides?.Count ?? 0);
        return new SnapshotBuilder(model, overrides, renderer, problems).Build(segmentPaths);
    }
}

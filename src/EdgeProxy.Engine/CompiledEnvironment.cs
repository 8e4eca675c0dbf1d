using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Explanation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine;

/// <summary>
/// A compiled environment: immutable, and safe to use from any number of threads. When the environment changes, compile it
/// again and exchange the reference.
/// </summary>
public sealed class CompiledEnvironment
{
    private readonly Lazy<EnvironmentExplainer> _explainer;

    private CompiledEnvironment(CompilationResult result, Func<EnvironmentExplainer> createExplainer)
    {
        _explainer = new Lazy<EnvironmentExplainer>(createExplainer);
        Snapshot = result.Snapshot;
        Problems = result.Problems;
    }

    /// <summary>The environment key.</summary>
    public string Key => Snapshot.Key;

    /// <summary>The name of the environment; empty if the document has none.</summary>
    public string Name => Snapshot.Name;

    /// <summary>The time of the environment's last change; null if the document has none.</summary>
    public DateTimeOffset? UpdatedAt => Snapshot.UpdatedAt;

    /// <summary>The invalid parts of the environment, which have no effect (docs/spec/evaluation.md 1.7); usually none.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>The environment as the evaluation uses it.</summary>
    internal EnvironmentSnapshot Snapshot { get; }

    /// <summary>
    /// Reads and compiles an environment document (docs/spec/evaluation.md 1). Takes milliseconds and memory in proportion to
    /// the document: do it once for each version.
    /// </summary>
    /// <param name="document">JSON in UTF-8, as the Flagsmith API returns it. Kept for <see cref="Explain"/>, and must not change afterwards.</param>
    /// <exception cref="EnvironmentDocumentException">The document is rejected as a whole; the message says why.</exception>
    public static CompiledEnvironment Compile(ReadOnlyMemory<byte> document) => new(EnvironmentCompiler.Compile(document), () => EnvironmentExplainer.Create(document));

    /// <summary>Compiles a model.</summary>
    /// <param name="model">The model. It must not change afterwards.</param>
    /// <exception cref="ArgumentNullException">The model is null.</exception>
    public static CompiledEnvironment Compile(EnvironmentModel model) => new(EnvironmentCompiler.Compile(model), () => EnvironmentExplainer.Create(model));

    /// <summary>
    /// Evaluates all flags and segments, with reasons (docs/spec/evaluation.md 2). Allocates the result;
    /// <see cref="ReusableEvaluation"/> allocates nothing.
    /// </summary>
    /// <param name="identity">The identity; null for environment flags (docs/spec/evaluation.md 2.6).</param>
    public EvaluationResult Evaluate(Identity? identity = null) => Snapshot.Evaluate(identity);

    /// <summary>
    /// Explains the flags of an identity (docs/spec/explain.md 2): which override decided, which conditions held, with which
    /// values, and a sentence for people. Interprets the environment, and so takes far more time and memory than
    /// <see cref="Evaluate"/>, whose results it explains.
    /// </summary>
    /// <param name="identity">The identity; null for environment flags (docs/spec/evaluation.md 2.6).</param>
    /// <param name="feature">The name of the only feature to explain; null for all. One that does not exist gives no flags.</param>
    /// <param name="isComplete">True to evaluate also what did not decide: conditions after the deciding one, and weaker overrides.</param>
    /// <exception cref="InsufficientExecutionStackException">Flags depend on each other in chains too long for the stack of this thread.</exception>
    public EnvironmentExplanation Explain(Identity? identity = null, string? feature = null, bool isComplete = false) =>
        _explainer.Value.Explain(identity, feature, isComplete, Evaluate(identity).Flags);

    /// <summary>Returns the environment flags as a JSON array in UTF-8: the body of <c>GET /api/v1/flags/</c> (docs/spec/sdk-api.md 3.1).</summary>
    /// <param name="audience">The reader; clients do not get all flags (docs/spec/sdk-api.md 2.4).</param>
    public ReadOnlyMemory<byte> EnvironmentFlags(FlagAudience audience) => Snapshot.EnvironmentFlags(audience);
}

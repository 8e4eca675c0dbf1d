using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation;

/// <summary>An environment that can be evaluated against, and what about it is odd.</summary>
/// <param name="Snapshot">The environment, compiled.</param>
/// <param name="Problems">The parts that have no effect, and why; empty for a document in good order.</param>
public sealed record CompilationResult(EnvironmentSnapshot Snapshot, IReadOnlyList<Problem> Problems);

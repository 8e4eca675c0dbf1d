using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Compilation;

/// <summary>A compiled environment, and the problems that were found in it (docs/spec/evaluation.md 1.7).</summary>
/// <param name="Snapshot">The compiled environment.</param>
/// <param name="Problems">The parts that have no effect, and why; empty if there are none.</param>
internal sealed record CompilationResult(EnvironmentSnapshot Snapshot, IReadOnlyList<Problem> Problems);

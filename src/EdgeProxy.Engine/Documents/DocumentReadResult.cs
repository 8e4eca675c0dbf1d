using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Documents;

/// <summary>The result of reading a document.</summary>
/// <param name="Model">The model, without its identity overrides.</param>
/// <param name="SegmentPaths">The path in the document of each segment of the model.</param>
/// <param name="Overrides">Its identity overrides; null if it has none.</param>
internal sealed record DocumentReadResult(EnvironmentModel Model, IReadOnlyList<DocumentPath> SegmentPaths, DocumentOverrides? Overrides);

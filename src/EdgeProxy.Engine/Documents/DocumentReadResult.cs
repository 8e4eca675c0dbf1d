using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Documents;

/// <summary>A document that was read.</summary>
/// <param name="Model">What it says, but for its identity overrides.</param>
/// <param name="SegmentPaths">Where in the document each segment of the model is.</param>
/// <param name="Overrides">Its identity overrides; null if it has none.</param>
internal sealed record DocumentReadResult(EnvironmentModel Model, IReadOnlyList<DocumentPath> SegmentPaths, DocumentOverrides? Overrides);

using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Documents;

/// <summary>A document that was read.</summary>
/// <param name="Model">What it says.</param>
/// <param name="SegmentPaths">Where in the document each segment of the model is.</param>
internal sealed record DocumentReadResult(EnvironmentModel Model, IReadOnlyList<DocumentPath> SegmentPaths);

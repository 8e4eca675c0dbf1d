using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Environments;

/// <summary>An accepted document.</summary>
/// <param name="Environment">The environment to serve from now on.</param>
/// <param name="Outcome">The difference from the current version.</param>
/// <param name="Problems">The problems of the document.</param>
internal sealed record Admission(PublishedEnvironment Environment, PublishOutcome Outcome, IReadOnlyList<Problem> Problems);

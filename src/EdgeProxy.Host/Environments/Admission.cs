using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Environments;

/// <summary>A document that was let in.</summary>
/// <param name="Environment">What to serve from now on.</param>
/// <param name="Outcome">How that differs from what is served.</param>
/// <param name="Problems">What is odd about it.</param>
internal sealed record Admission(PublishedEnvironment Environment, PublishOutcome Outcome, IReadOnlyList<Problem> Problems);

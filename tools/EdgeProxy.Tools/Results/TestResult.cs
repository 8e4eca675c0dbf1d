namespace EdgeProxy.Tools.Results;

/// <summary>The result of a test.</summary>
/// <param name="Name">The name of the test.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Reason">The reason why it was skipped; empty if it was not.</param>
internal sealed record TestResult(string Name, Outcome Outcome, string Reason);

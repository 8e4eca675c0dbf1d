namespace EdgeProxy.Tools.Results;

/// <summary>The result of a test.</summary>
/// <param name="Name">The name of the test.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Reason">Why it was skipped; empty where it was not.</param>
internal sealed record TestResult(string Name, Outcome Outcome, string Reason);

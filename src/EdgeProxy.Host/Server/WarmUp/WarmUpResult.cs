namespace EdgeProxy.Host.Server.WarmUp;

/// <summary>The result of the warm-up.</summary>
/// <param name="Requests">The number of requests that were answered.</param>
/// <param name="Compiled">The number of methods that were compiled, each at each level.</param>
/// <param name="IsComplete">True if nothing was left to compile, false if a limit was reached.</param>
internal sealed record WarmUpResult(int Requests, long Compiled, bool IsComplete);

namespace EdgeProxy.LoadTests.Model.Requests;

/// <summary>The keys of the environment that is asked.</summary>
/// <param name="ClientSide">For flags and identities.</param>
/// <param name="ServerSide">For the document.</param>
internal sealed record LoadKeys(string ClientSide, string ServerSide);

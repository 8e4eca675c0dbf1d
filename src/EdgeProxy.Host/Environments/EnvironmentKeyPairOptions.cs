namespace EdgeProxy.Host.Environments;

/// <summary>The two keys of an environment.</summary>
/// <param name="ServerSideKey">Starts with <c>ser.</c>; fetches the document, and gives access to every flag.</param>
/// <param name="ClientSideKey">The environment key; not a secret.</param>
internal sealed record EnvironmentKeyPairOptions(string ServerSideKey, string ClientSideKey)
{
    /// <summary>The prefix of every server-side key.</summary>
    public const string ServerKeyPrefix = "ser.";
}

namespace EdgeProxy.Host.Environments;

/// <summary>The two keys of an environment.</summary>
/// <param name="ServerSideKey">Starts with <c>ser.</c>; fetches the document, and is told every flag.</param>
/// <param name="ClientSideKey">The environment key; may be known to anyone.</param>
internal sealed record EnvironmentKeyPairOptions(string ServerSideKey, string ClientSideKey)
{
    /// <summary>What every server-side key starts with.</summary>
    public const string ServerKeyPrefix = "ser.";
}

namespace EdgeProxy.Host.Traits;

/// <summary>The rule for passing bulk identities through.</summary>
internal enum BulkIdentities
{
    /// <summary>If the API is Flagsmith's Edge API.</summary>
    Auto,

    /// <summary>Always.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}

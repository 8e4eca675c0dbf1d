namespace EdgeProxy.Host.Environments;

/// <summary>The form of a sampled request.</summary>
internal enum SampledRequestKind : byte
{
    /// <summary>The identifier as JSON, with its quotes: the identity has no traits.</summary>
    Identifier,

    /// <summary>The body of <c>POST /api/v1/identities/</c>.</summary>
    Identity,

    /// <summary>The body of an OFREP request.</summary>
    Context,
}

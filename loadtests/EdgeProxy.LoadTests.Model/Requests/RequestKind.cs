namespace EdgeProxy.LoadTests.Model.Requests;

/// <summary>The kinds of requests of SDKs. Each is measured and judged separately.</summary>
internal enum RequestKind
{
    /// <summary>The environment flags, without an identity.</summary>
    Flags,

    /// <summary>The flags of an identity.</summary>
    Identities,

    /// <summary>The whole document, for evaluation in the SDK.</summary>
    Document,

    /// <summary>The document on the condition that it changed, which it did not.</summary>
    UnchangedDocument,
}

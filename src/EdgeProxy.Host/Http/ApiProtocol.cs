namespace EdgeProxy.Host.Http;

/// <summary>The protocol of an endpoint, which determines where its requests have their key, and the form of errors.</summary>
internal enum ApiProtocol
{
    /// <summary>The SDK API of Flagsmith (docs/spec/sdk-api.md 1), and everything that has no form of its own.</summary>
    Flagsmith,

    /// <summary>The OpenFeature Remote Evaluation Protocol (docs/spec/ofrep.md 1).</summary>
    Ofrep,
}

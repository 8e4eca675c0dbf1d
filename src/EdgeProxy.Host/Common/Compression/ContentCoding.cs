namespace EdgeProxy.Host.Common.Compression;

/// <summary>The content coding of a body.</summary>
internal enum ContentCoding
{
    /// <summary>Uncompressed.</summary>
    Identity,

    /// <summary>gzip.</summary>
    Gzip,

    /// <summary>Brotli.</summary>
    Brotli,
}

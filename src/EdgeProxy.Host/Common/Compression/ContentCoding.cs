namespace EdgeProxy.Host.Common.Compression;

/// <summary>How a body is coded on its way.</summary>
internal enum ContentCoding
{
    /// <summary>As it is.</summary>
    Identity,

    /// <summary>gzip.</summary>
    Gzip,

    /// <summary>Brotli.</summary>
    Brotli,
}

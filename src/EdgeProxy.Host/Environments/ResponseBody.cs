using EdgeProxy.Host.Common;
using EdgeProxy.Host.Common.Compression;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// A whole body that many requests get, and its compressed forms, each made once, when it is first asked for.
/// </summary>
internal sealed class ResponseBody
{
    // Some milliseconds. Compressing more than this would hold up the request that asks first, and those that are answered
    // on the same thread: it is done aside, and until then the body goes out as it is.
    private const int CompressInlineUpTo = 512 * 1024;

    private readonly Lazy<ReadOnlyMemory<byte>> _gzip;
    private readonly Lazy<ReadOnlyMemory<byte>> _brotli;
    private int _started;

    public ResponseBody(ReadOnlyMemory<byte> plain)
    {
        Plain = plain;
        _gzip = new(() => BodyCompressor.Compress(Plain.Span, ContentCoding.Gzip));
        _brotli = new(() => BodyCompressor.Compress(Plain.Span, ContentCoding.Brotli));
    }

    /// <summary>The body as it is.</summary>
    public ReadOnlyMemory<byte> Plain { get; }

    /// <summary>Whether it is large enough to be compressed at all.</summary>
    public bool IsCompressible => Plain.Length >= BodyCompressor.MinLength;

    /// <summary>The body in a coding, if that is at hand.</summary>
    /// <param name="coding">The coding the client likes best; set to the one that is used.</param>
    public ReadOnlyMemory<byte> In(ref ContentCoding coding)
    {
        if (coding == ContentCoding.Identity)
        {
            return Plain;
        }

        var lazy = Form(coding);
        if (lazy.IsValueCreated || Plain.Length <= CompressInlineUpTo)
        {
            return lazy.Value;
        }

        BackgroundWork.StartOnce(ref _started, (int)coding, static lazy => _ = lazy.Value, lazy);
        coding = ContentCoding.Identity;
        return Plain;
    }

    /// <summary>Whether the body is at hand in a coding, other than as it is.</summary>
    public bool IsMade(ContentCoding coding) => Form(coding).IsValueCreated;

    /// <summary>Makes the forms that another version of the body was asked for.</summary>
    public void PrepareLike(ResponseBody earlier)
    {
        foreach (var coding in (ReadOnlySpan<ContentCoding>)[ContentCoding.Gzip, ContentCoding.Brotli])
        {
            if (IsCompressible && earlier.IsMade(coding))
            {
                _ = Form(coding).Value;
            }
        }
    }

    private Lazy<ReadOnlyMemory<byte>> Form(ContentCoding coding) => coding == ContentCoding.Gzip ? _gzip : _brotli;
}

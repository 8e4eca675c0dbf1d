using EdgeProxy.Host.Common;
using EdgeProxy.Host.Common.Compression;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// A body that many requests get, and its compressed forms, each created once, at the first request for it. No request
/// waits: until the form exists, the body is sent uncompressed.
/// </summary>
internal sealed class ResponseBody
{
    /// <summary>
    /// The maximum length, in bytes, of bodies that the first request compresses itself, which takes up to a millisecond.
    /// Larger ones would delay the other connections of the thread, and are compressed in the background.
    /// </summary>
    public const int CompressInlineUpTo = 16 * 1024;

    private readonly byte[]?[] _forms = new byte[(int)ContentCoding.Brotli + 1][];
    private int _started;

    public ResponseBody(ReadOnlyMemory<byte> plain)
    {
        Plain = plain;
    }

    /// <summary>The uncompressed body.</summary>
    public ReadOnlyMemory<byte> Plain { get; }

    /// <summary>Indicates whether it is large enough to be compressed at all.</summary>
    public bool IsCompressible => Plain.Length >= BodyCompressor.MinLength;

    /// <summary>The body in a coding, if it exists.</summary>
    /// <param name="coding">The coding that the client prefers; set to the one that is used.</param>
    public ReadOnlyMemory<byte> In(ref ContentCoding coding)
    {
        if (coding == ContentCoding.Identity)
        {
            return Plain;
        }

        if (Volatile.Read(ref _forms[(int)coding]) is { } form || TryMake(coding, out form))
        {
            return form;
        }

        coding = ContentCoding.Identity;
        return Plain;
    }

    /// <summary>Determines whether the body exists in a coding other than identity.</summary>
    public bool IsMade(ContentCoding coding) => Volatile.Read(ref _forms[(int)coding]) is not null;

    /// <summary>Creates the forms that another version of the body has.</summary>
    public void PrepareLike(ResponseBody earlier)
    {
        foreach (var coding in (ReadOnlySpan<ContentCoding>)[ContentCoding.Gzip, ContentCoding.Brotli])
        {
            if (IsCompressible && earlier.IsMade(coding) && BackgroundWork.TryClaim(ref _started, (int)coding))
            {
                Make(coding);
            }
        }
    }

    private bool TryMake(ContentCoding coding, out byte[]? form)
    {
        form = null;
        if (Plain.Length > CompressInlineUpTo)
        {
            MakeInBackground(coding);
        }
        else if (BackgroundWork.TryClaim(ref _started, (int)coding))
        {
            form = Make(coding);
        }

        return form is not null;
    }

    private void MakeInBackground(ContentCoding coding) => BackgroundWork.StartOnce(ref _started, (int)coding, () => Make(coding));

    private byte[] Make(ContentCoding coding)
    {
        var form = BodyCompressor.Compress(Plain.Span, coding);
        Volatile.Write(ref _forms[(int)coding], form);
        return form;
    }
}

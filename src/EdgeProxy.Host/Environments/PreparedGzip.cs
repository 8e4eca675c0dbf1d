using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Environments;

/// <summary>Prepares flags for gzip answers to identities at the first request for one.</summary>
internal sealed class PreparedGzip
{
    // Takes less than a millisecond. Larger snapshots would delay the other connections of the thread: they are prepared in
    // the background, and answers are sent uncompressed until then.
    private const int PrepareInlineUpTo = ResponseBody.CompressInlineUpTo;

    private readonly IGzipSource _flags;
    private int _started;

    public PreparedGzip(IGzipSource flags)
    {
        _flags = flags;
    }

    /// <summary>Determines whether the answer can be gzip; if not, starts preparing it.</summary>
    public bool IsReady(FlagAudience audience)
    {
        if (_flags.IsGzipPrepared(audience))
        {
            return true;
        }

        if (_flags.GzipSourceLength > PrepareInlineUpTo)
        {
            PrepareInBackground(audience);
            return false;
        }

        // Other requests do not wait for the preparation.
        if (!BackgroundWork.TryClaim(ref _started, (int)audience))
        {
            return false;
        }

        _flags.PrepareGzip(audience);
        return true;
    }

    /// <summary>Prepares what the version before had prepared, so that no request pays for a new version.</summary>
    public void PrepareLike(PreparedGzip earlier)
    {
        foreach (var audience in (ReadOnlySpan<FlagAudience>)[FlagAudience.Server, FlagAudience.Client])
        {
            if (earlier._flags.IsGzipPrepared(audience))
            {
                _flags.PrepareGzip(audience);
            }
        }
    }

    private void PrepareInBackground(FlagAudience audience) =>
        BackgroundWork.StartOnce(ref _started, (int)audience, () => _flags.PrepareGzip(audience));
}

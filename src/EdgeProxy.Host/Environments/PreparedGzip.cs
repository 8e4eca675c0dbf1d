using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Environments;

/// <summary>When a snapshot is prepared for gzip answers to identities: when one is first asked for.</summary>
internal sealed class PreparedGzip
{
    // Less than a millisecond. More than this would hold up the other connections of the thread: it is done in the
    // background, and until then answers go out as they are.
    private const int PrepareInlineUpTo = ResponseBody.CompressInlineUpTo;

    private readonly EnvironmentSnapshot _snapshot;
    private int _started;

    public PreparedGzip(EnvironmentSnapshot snapshot)
    {
        _snapshot = snapshot;
    }

    /// <summary>Whether gzip can be answered; sees to it that it soon can.</summary>
    public bool IsReady(FlagAudience audience)
    {
        if (_snapshot.IsGzipPrepared(audience))
        {
            return true;
        }

        if (_snapshot.GzipSourceLength > PrepareInlineUpTo)
        {
            PrepareInBackground(audience);
            return false;
        }

        // Whoever comes while it is prepared does not wait for it.
        if (!BackgroundWork.TryClaim(ref _started, (int)audience))
        {
            return false;
        }

        _snapshot.PrepareGzip(audience);
        return true;
    }

    /// <summary>Prepares what the version before had prepared, so that no request pays for a new version.</summary>
    public void PrepareLike(PreparedGzip earlier)
    {
        foreach (var audience in (ReadOnlySpan<FlagAudience>)[FlagAudience.Server, FlagAudience.Client])
        {
            if (earlier._snapshot.IsGzipPrepared(audience))
            {
                _snapshot.PrepareGzip(audience);
            }
        }
    }

    private void PrepareInBackground(FlagAudience audience) =>
        BackgroundWork.StartOnce(ref _started, (int)audience, () => _snapshot.PrepareGzip(audience));
}

using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering.Deflate;

namespace EdgeProxy.Engine.Evaluation;

/// <content>Flags that are deflated in advance. That costs time and memory, and so is done only on demand.</content>
internal sealed partial class EnvironmentSnapshot
{
    private readonly Lock _preparing = new();
    private readonly int _stateFlags;
    private volatile CodedFlags? _codedForServers;
    private volatile CodedFlags? _codedForClients;

    /// <summary>
    /// The length in bytes of the JSON that <see cref="PrepareGzip"/> reads: all possible flags, except those of single
    /// identities. Preparation takes about 20 milliseconds per megabyte, and up to two thirds of the length in memory.
    /// </summary>
    public int GzipSourceLength => Flags.MeasureFirst(_stateFlags);

    /// <summary>Determines whether <see cref="EvaluationFrame.WriteGzip"/> can be called.</summary>
    public bool IsGzipPrepared(FlagAudience audience) => Coded(audience) is not null;

    /// <summary>
    /// Prepares <see cref="EvaluationFrame.WriteGzip"/>, unless that was done before. Thread-safe: one thread prepares, and
    /// the others wait for it.
    /// </summary>
    public void PrepareGzip(FlagAudience audience)
    {
        if (!IsGzipPrepared(audience))
        {
            lock (_preparing)
            {
                PrepareNeedsLock(audience);
            }
        }
    }

    internal CodedFlags GzipFlags(FlagAudience audience)
    {
        PrepareGzip(audience);
        return Coded(audience)!;
    }

    private CodedFlags? Coded(FlagAudience audience) => audience == FlagAudience.Client ? _codedForClients : _codedForServers;

    private void PrepareNeedsLock(FlagAudience audience)
    {
        if (IsGzipPrepared(audience))
        {
            return;
        }

        // If clients get every member, both audiences share one.
        if (!Flags.DiffersByAudience || audience == FlagAudience.Server)
        {
            _codedForServers ??= Code(FlagAudience.Server);
        }

        if (audience == FlagAudience.Client)
        {
            _codedForClients = Flags.DiffersByAudience ? Code(FlagAudience.Client) : _codedForServers;
        }
    }

    private CodedFlags Code(FlagAudience audience) =>
        new CodedFlagsBuilder(Flags, _stateFlags, audience).Build(new FlagChains(this, audience).All());
}

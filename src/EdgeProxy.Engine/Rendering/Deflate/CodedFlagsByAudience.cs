using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Rendering.Deflate;

/// <summary>
/// Flags that are deflated in advance, for each audience. That costs time and memory, and so is done only on demand: some 20
/// milliseconds per megabyte, and up to two thirds of the length of the JSON. Thread-safe.
/// </summary>
/// <typeparam name="TForm">The form of the flags.</typeparam>
/// <typeparam name="TLayout">The positions of the parts of a flag.</typeparam>
internal sealed class CodedFlagsByAudience<TForm, TLayout>
    where TForm : struct, IFlagForm<TLayout>
    where TLayout : struct
{
    private readonly Lock _preparing = new();
    private readonly RenderedFlags _flags;
    private readonly int _count;
    private readonly Func<FlagAudience, IEnumerable<ChainedFlag[]>> _chains;
    private volatile CodedFlags<TForm, TLayout>? _forServers;
    private volatile CodedFlags<TForm, TLayout>? _forClients;

    /// <param name="flags">All flags.</param>
    /// <param name="count">The number of flags, from the first, that are not for single identities.</param>
    /// <param name="chains">The sequences of flags that answers are likely to contain.</param>
    public CodedFlagsByAudience(RenderedFlags flags, int count, Func<FlagAudience, IEnumerable<ChainedFlag[]>> chains)
    {
        _flags = flags;
        _count = count;
        _chains = chains;
    }

    /// <summary>The length in bytes of the JSON that is deflated.</summary>
    public int SourceLength => _flags.MeasureFirst(_count);

    /// <summary>Determines whether <see cref="Of"/> has nothing left to do.</summary>
    public bool IsPrepared(FlagAudience audience) => Find(audience) is not null;

    /// <summary>Deflates the flags for an audience, unless that was done before: one thread does it, and others wait for it.</summary>
    public void Prepare(FlagAudience audience)
    {
        if (!IsPrepared(audience))
        {
            lock (_preparing)
            {
                PrepareNeedsLock(audience);
            }
        }
    }

    /// <summary>Returns the deflated flags; prepares them first if necessary.</summary>
    public CodedFlags<TForm, TLayout> Of(FlagAudience audience)
    {
        Prepare(audience);
        return Find(audience)!;
    }

    private CodedFlags<TForm, TLayout>? Find(FlagAudience audience) => audience == FlagAudience.Client ? _forClients : _forServers;

    private void PrepareNeedsLock(FlagAudience audience)
    {
        if (IsPrepared(audience))
        {
            return;
        }

        // If clients get every member, both audiences share one.
        if (!_flags.DiffersByAudience || audience == FlagAudience.Server)
        {
            _forServers ??= Code(FlagAudience.Server);
        }

        if (audience == FlagAudience.Client)
        {
            _forClients = _flags.DiffersByAudience ? Code(FlagAudience.Client) : _forServers;
        }
    }

    private CodedFlags<TForm, TLayout> Code(FlagAudience audience) => new CodedFlagsBuilder<TForm, TLayout>(_flags, _count, audience).Build(_chains(audience));
}

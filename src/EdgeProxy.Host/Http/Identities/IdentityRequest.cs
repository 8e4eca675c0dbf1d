using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>
/// Everything one request for an identity needs while it runs: what was read of it, and the frame it is evaluated in.
/// Pooled, and used again once its buffers have grown to what requests need.
/// </summary>
internal sealed class IdentityRequest
{
    private const int MaxTraitsKept = 1024;
    private const int MaxScratchKept = 64 * 1024;

    private TraitTokens[] _traits = new TraitTokens[16];
    private byte[] _scratch = new byte[1024];
    private int _traitCount;

    /// <summary>Traits go in while they are read; flags come out.</summary>
    public EvaluationFrame Frame { get; } = new();

    /// <summary>The traits, in the order they came.</summary>
    public ReadOnlySpan<TraitTokens> Traits => _traits.AsSpan(0, _traitCount);

    /// <summary>Where the identifier stands in the body, with its quotes; empty if it is missing, null or empty.</summary>
    public Range IdentifierToken { get; set; }

    /// <summary>What is wrong; null if nothing is.</summary>
    public RequestProblem? Problem { get; set; }

    /// <summary>Room for a text, until the next call.</summary>
    public Span<byte> Scratch(int length)
    {
        if (_scratch.Length < length)
        {
            _scratch = new byte[Math.Max(length, _scratch.Length * 2)];
        }

        return _scratch;
    }

    /// <summary>Adds a trait.</summary>
    public void Add(TraitTokens trait)
    {
        if (_traitCount == _traits.Length)
        {
            Array.Resize(ref _traits, _traits.Length * 2);
        }

        _traits[_traitCount++] = trait;
    }

    /// <summary>Forgets the traits, if there are any: the body has another list of them, and the last one counts.</summary>
    public void ForgetTraits()
    {
        if (_traitCount > 0)
        {
            _traitCount = 0;
            Frame.ForgetTraits();
        }
    }

    /// <summary>Gets ready for the next request; false if that one was so large that it had better be dropped.</summary>
    public bool TryReset()
    {
        _traitCount = 0;
        IdentifierToken = default;
        Problem = null;
        Frame.Release();
        return _traits.Length <= MaxTraitsKept && _scratch.Length <= MaxScratchKept && Frame.RetainedBytes <= MaxScratchKept * 4;
    }
}

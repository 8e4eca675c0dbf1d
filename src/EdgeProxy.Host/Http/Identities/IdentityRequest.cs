using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>
/// The state of one identity request: the parsed body, and the evaluation frame. Pooled, so that its buffers keep the size
/// that requests need.
/// </summary>
internal sealed class IdentityRequest
{
    private const int MaxRetainedTraits = 1024;
    private const int MaxRetainedScratch = 64 * 1024;

    private TraitTokens[] _traits = new TraitTokens[16];
    private byte[] _scratch = new byte[1024];
    private int _traitCount;

    /// <summary>The evaluation frame: receives traits while they are read, and returns flags.</summary>
    public EvaluationFrame Frame { get; } = new();

    /// <summary>The traits that take part in the evaluation and in the answer, in the order of the request.</summary>
    public ReadOnlySpan<TraitTokens> Traits => IgnoresTraits ? default : SentTraits;

    /// <summary>All traits of the request, in its order: what is not evaluated may still have to be stored.</summary>
    public ReadOnlySpan<TraitTokens> SentTraits => _traits.AsSpan(0, _traitCount);

    /// <summary>Indicates whether the environment evaluates no traits of this sender.</summary>
    public bool IgnoresTraits { get; set; }

    /// <summary>The position of the identifier in the body, with its quotes; empty if it is missing, null or empty.</summary>
    public Range IdentifierToken { get; set; }

    /// <summary>Indicates whether the identity must not be stored. In doubt it must not: any value but false and null counts.</summary>
    public bool IsTransient { get; set; }

    /// <summary>The error; null if there is none.</summary>
    public RequestProblem? Problem { get; set; }

    /// <summary>A scratch buffer for a text, valid until the next call.</summary>
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

    /// <summary>Removes all traits: the body has a second list, and the last one counts.</summary>
    public void ForgetTraits()
    {
        if (_traitCount > 0)
        {
            _traitCount = 0;
            Frame.ForgetTraits();
        }
    }

    /// <summary>Resets the object for the next request; false if its buffers grew so large that it should be dropped.</summary>
    public bool TryReset()
    {
        _traitCount = 0;
        IdentifierToken = default;
        IgnoresTraits = false;
        IsTransient = false;
        Problem = null;
        Frame.Release();
        return _traits.Length <= MaxRetainedTraits && _scratch.Length <= MaxRetainedScratch && Frame.RetainedBytes <= MaxRetainedScratch * 4;
    }
}

using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Rendering.Deflate;
using EdgeProxy.Engine.Rendering.Ofrep;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>
/// The flags of a snapshot in the form of OFREP (docs/spec/ofrep.md 6), rendered in advance. Made on demand: it takes about as
/// much memory as the flags in the form of the SDK API, which most environments are never asked for in this form.
/// </summary>
internal sealed class OfrepFlags : IGzipSource
{
    private readonly EnvironmentSnapshot _snapshot;
    private readonly RenderedFlags _flags;
    private readonly CodedFlagsByAudience<OfrepFlagForm, OfrepLayout> _coded;

    // Flags without an identity: those with variants have one of their own, which does not say that the control was picked.
    private readonly int[] _environment;

    /// <summary>Renders the flags of a snapshot. Takes time in proportion to the number of possible flags: not for threads that serve requests, if there are many.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="format">The choices.</param>
    public OfrepFlags(EnvironmentSnapshot snapshot, OfrepFormat format)
    {
        _snapshot = snapshot;
        Format = format;
        var isStatic = StaticFlags(snapshot);
        using var renderer = new OfrepRenderer(snapshot.Flags, format);
        for (var flag = 0; flag < snapshot.Flags.Count; flag++)
        {
            renderer.Render(flag, isStatic[flag]);
        }

        _environment = snapshot.EnvironmentOutcomes.ToArray();
        foreach (ref var flag in _environment.AsSpan())
        {
            if (snapshot.Flags.SourceOf(flag).VariantKey is not null)
            {
                renderer.Render(flag, isStatic: false, hasIdentity: false);
                flag = renderer.Count - 1;
                HasOwnEnvironmentFlags = true;
            }
        }

        _flags = renderer.Finish();
        _coded = new CodedFlagsByAudience<OfrepFlagForm, OfrepLayout>(_flags, snapshot.StateFlags, audience => new FlagChains(snapshot, audience).All());
    }

    /// <inheritdoc/>
    public int GzipSourceLength => _coded.SourceLength;

    /// <summary>The choices that the flags were rendered by.</summary>
    public OfrepFormat Format { get; }

    /// <summary>True if an identity for which nothing deviates gets other flags than a request without one: features have variants.</summary>
    public bool HasOwnEnvironmentFlags { get; }

    /// <summary>The flags without an identity, for <see cref="Measure"/> and <see cref="Write"/>.</summary>
    public ReadOnlySpan<int> EnvironmentOutcomes => _environment;

    /// <summary>The flags of an identity for which nothing deviates.</summary>
    public ReadOnlySpan<int> UsualOutcomes => _snapshot.EnvironmentOutcomes;

    /// <summary>The length of an array of flags in bytes.</summary>
    public int Measure(ReadOnlySpan<int> outcomes, FlagAudience audience) => _flags.Measure(outcomes, audience);

    /// <summary>Writes an array of flags, in the order of the environment's features; returns its length.</summary>
    /// <param name="outcomes">The flags: those of a frame that was evaluated, or of this object.</param>
    /// <param name="audience">The reader; clients do not get all flags (docs/spec/sdk-api.md 2.4).</param>
    /// <param name="destination">At least <see cref="Measure"/> bytes.</param>
    public int Write(ReadOnlySpan<int> outcomes, FlagAudience audience, Span<byte> destination) => _flags.Write(outcomes, audience, destination);

    /// <summary>One flag as a JSON object; empty if it is hidden from the audience.</summary>
    /// <param name="flag">An outcome.</param>
    /// <param name="audience">The reader.</param>
    public FlagText Single(int flag, FlagAudience audience) => _flags.IsLeftOut(flag, audience) ? default : _flags.Text(flag, audience);

    /// <inheritdoc/>
    public bool IsGzipPrepared(FlagAudience audience) => _coded.IsPrepared(audience);

    /// <inheritdoc/>
    public void PrepareGzip(FlagAudience audience) => _coded.Prepare(audience);

    /// <summary>The maximum buffer size for <see cref="WriteGzip"/> in bytes.</summary>
    /// <param name="audience">The reader.</param>
    /// <param name="length">The length of the JSON in bytes: the flags, and the parts before and after them.</param>
    public int MeasureGzip(FlagAudience audience, int length) => _coded.Of(audience).Measure(length);

    /// <summary>Writes a gzip member of the array of <see cref="Write"/> and the text around it; returns its length.</summary>
    /// <param name="outcomes">The flags of a frame that was evaluated.</param>
    /// <param name="audience">The reader.</param>
    /// <param name="before">The part before the flags.</param>
    /// <param name="after">The part behind them; better short.</param>
    /// <param name="destination">At least <see cref="MeasureGzip"/> bytes.</param>
    public int WriteGzip(ReadOnlySpan<int> outcomes, FlagAudience audience, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, Span<byte> destination) =>
        _coded.Of(audience).Write(outcomes, audience, before, after, destination);

    /// <summary>
    /// Finds the flags that every context gets: of features that have neither variants nor an override of a segment or an
    /// identity.
    /// </summary>
    private static bool[] StaticFlags(EnvironmentSnapshot snapshot)
    {
        var isOverridden = new bool[snapshot.Features.Length];
        snapshot.IdentityOverrides.MarkFeatures(isOverridden);
        var isStatic = new bool[snapshot.Flags.Count];
        for (var place = 0; place < isOverridden.Length; place++)
        {
            ref readonly var feature = ref snapshot.Features[place];
            ref readonly var state = ref snapshot.States[feature.State];
            isStatic[state.Outcome] = !isOverridden[place] && !feature.HasSegmentOverrides && state.Variants is null;
        }

        return isStatic;
    }
}

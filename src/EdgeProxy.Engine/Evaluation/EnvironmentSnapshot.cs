using System.Text;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Engine.Rendering.Deflate;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>
/// A compiled environment: immutable, and safe for concurrent evaluation. Created by <see
/// cref="Compilation.EnvironmentCompiler"/>; a change of the environment creates a new one.
/// </summary>
internal sealed partial class EnvironmentSnapshot
{
    /// <summary>The outcome of a feature that must be evaluated.</summary>
    internal const int NotDecided = -1;

    private readonly EnvironmentModel _model;
    private readonly Utf8Index _featureNames;
    private readonly int[] _environmentFlags;
    private readonly EnvironmentFlagsBody _serverFlags;
    private readonly EnvironmentFlagsBody _clientFlags;
    private readonly ReadOnlyMemory<byte> _usualServerFlags;
    private readonly ReadOnlyMemory<byte> _usualClientFlags;

    internal EnvironmentSnapshot(SnapshotParts parts)
    {
        _model = parts.Model;
        KeyUtf8 = Encoding.UTF8.GetBytes(_model.Key);
        Slots = parts.Slots;
        Queries = parts.Queries;
        Segments = parts.Segments;
        RememberedAnswers = parts.RememberedAnswers;
        Features = parts.Features;
        Candidates = parts.Candidates;
        States = parts.States;
        IdentityOverrides = parts.IdentityOverrides;
        Flags = parts.Flags;
        _stateFlags = parts.StateFlags;
        _coded = new CodedFlagsByAudience<SdkFlagForm, FlagLayout>(Flags, _stateFlags, audience => new FlagChains(this, audience).All());
        _featureNames = parts.FeatureNames;

        OverrideGroups = parts.OverrideGroups;
        InitialOutcomes = [.. Features.Select(plan => States[plan.State].Outcome)];
        Dependencies = parts.Dependencies;
        var cyclic = Dependencies?.Cycles?.Features.Select(static feature => feature.Place) ?? [];
        foreach (var place in OverrideGroups.SelectMany(static group => group.Features).Concat(cyclic))
        {
            InitialOutcomes[place] = NotDecided;
        }

        _environmentFlags = InitialOutcomes; // until they are decided
        var frame = new EvaluationFrame();
        frame.Begin(this);
        frame.Evaluate();
        _environmentFlags = frame.Outcomes.ToArray();
        _serverFlags = new EnvironmentFlagsBody(Flags, _environmentFlags, FlagAudience.Server);
        _usualServerFlags = Flags.HasDetails ? Render(FlagAudience.Server) : _serverFlags.All;

        // Mostly clients get the same: one copy is enough, as it may be nearly as long as the document.
        var differs = Flags.Differ(_environmentFlags);
        _clientFlags = differs ? new EnvironmentFlagsBody(Flags, _environmentFlags, FlagAudience.Client) : _serverFlags;
        _usualClientFlags = !differs ? _usualServerFlags
            : Flags.HasDetails ? Render(FlagAudience.Client)
            : _clientFlags.All;
    }

    /// <summary>The environment key.</summary>
    public string Key => _model.Key;

    /// <summary>The environment key in UTF-8.</summary>
    public ReadOnlyMemory<byte> KeyUtf8 { get; }

    /// <summary>The environment's name.</summary>
    public string Name => _model.Name;

    /// <summary>The time of the last change; null if the document has none (docs/spec/evaluation.md 1.2).</summary>
    public DateTimeOffset? UpdatedAt => _model.UpdatedAt;

    /// <summary>True if traits that clients send may be stored (docs/spec/traits.md 2.1).</summary>
    public bool AllowClientTraits => _model.AllowClientTraits;

    /// <summary>True to evaluate the traits that clients send, false to ignore them (docs/spec/sdk-api.md 4.6).</summary>
    public bool UseClientTraits => _model.AllowClientTraitsInEvaluation ?? _model.AllowClientTraits;

    /// <summary>False if the organisation wants no traits to be stored (docs/spec/traits.md 2.1).</summary>
    public bool PersistTraitData => _model.PersistTraitData;

    /// <summary>True to leave traits out of answers (docs/spec/sdk-api.md 4.6).</summary>
    public bool HideSensitiveData => _model.HideSensitiveData;

    /// <summary>The number of features.</summary>
    public int FeatureCount => Features.Length;

    /// <summary>The number of segments, with overrides or without.</summary>
    public int SegmentCount => Segments.Length;

    /// <summary>The number of identities with overrides.</summary>
    public int IdentityOverrideCount => IdentityOverrides.Count;

    internal SnapshotSlots Slots { get; }

    internal ContextQueries Queries { get; }

    internal SegmentPlan[] Segments { get; }

    internal int RememberedAnswers { get; }

    internal FeaturePlan[] Features { get; }

    /// <summary>
    /// The features that depend on segments or variants. All others have their default, except for single identities.
    /// </summary>
    internal OverrideGroup[] OverrideGroups { get; }

    /// <summary>The dependencies between flags; null if no condition reads a flag.</summary>
    internal FlagDependencies? Dependencies { get; }

    /// <summary>The flag of each feature that is not evaluated; else <see cref="NotDecided"/>.</summary>
    internal int[] InitialOutcomes { get; }

    /// <summary>The environment flags (no identity).</summary>
    internal ReadOnlySpan<int> EnvironmentOutcomes => _environmentFlags;

    internal OverrideCandidate[] Candidates { get; }

    internal StatePlan[] States { get; }

    internal IdentityOverrideTable IdentityOverrides { get; }

    internal RenderedFlags Flags { get; }

    /// <summary>The environment flags (docs/spec/evaluation.md 2.6) as a JSON array: the body of <c>GET /api/v1/flags/</c> (docs/spec/sdk-api.md 3.1).</summary>
    public ReadOnlyMemory<byte> EnvironmentFlags(FlagAudience audience) =>
        FlagsBody(audience).All;

    /// <summary>One environment flag as a JSON object (docs/spec/sdk-api.md 3.2).</summary>
    /// <param name="featureName">The feature's name in UTF-8.</param>
    /// <param name="audience">The audience of the answer.</param>
    /// <returns>Empty if there is no such feature, or it is hidden from the audience.</returns>
    public ReadOnlyMemory<byte> EnvironmentFlag(ReadOnlySpan<byte> featureName, FlagAudience audience)
    {
        var feature = FindFeature(featureName);
        return feature < 0 ? default : FlagsBody(audience).Single(feature);
    }

    /// <summary>Determines whether the environment has a feature of this name.</summary>
    /// <param name="name">The name in UTF-8; compared exactly.</param>
    public bool HasFeature(ReadOnlySpan<byte> name) => FindFeature(name) >= 0;

    /// <summary>The length in bytes of all possible flags.</summary>
    internal int RenderedLength => Flags.MeasureFirst(Flags.Count);

    /// <summary>Finds the number of a feature by its name; -1 if there is none.</summary>
    internal int FindFeature(ReadOnlySpan<byte> name) => _featureNames.Find(name);

    /// <summary>The name of a feature in UTF-8.</summary>
    /// <param name="feature">The number of the feature, from 0 to <see cref="FeatureCount"/> - 1.</param>
    public ReadOnlySpan<byte> FeatureName(int feature) => _featureNames[feature];

    /// <summary>
    /// Evaluates everything and explains it. Convenient, but allocates; a server that evaluates for every request uses an
    /// <see cref="EvaluationFrame"/>.
    /// </summary>
    /// <param name="identity">The identity to evaluate for; null for environment flags (docs/spec/evaluation.md 2.6).</param>
    public EvaluationResult Evaluate(Identity? identity = null)
    {
        var frame = new EvaluationFrame();
        frame.Begin(this, EvaluationScope.FlagsAndSegments);
        if (identity is not null)
        {
            frame.SetIdentity(Encoding.UTF8.GetBytes(identity.Identifier), Encoding.UTF8.GetBytes(identity.Key ?? ""));
            foreach (var (key, value) in identity.Traits)
            {
                frame.SetTrait(Encoding.UTF8.GetBytes(key), value);
            }
        }

        frame.Evaluate();
        return ResultBuilder.Of(frame);
    }

    /// <summary>The flags of an identity whose outcomes equal the environment flags.</summary>
    internal ReadOnlyMemory<byte> UsualFlags(FlagAudience audience) =>
        audience == FlagAudience.Client ? _usualClientFlags : _usualServerFlags;

    private EnvironmentFlagsBody FlagsBody(FlagAudience audience) => audience == FlagAudience.Client ? _clientFlags : _serverFlags;

    private ReadOnlyMemory<byte> Render(FlagAudience audience)
    {
        if (Flags.FindWhole(_environmentFlags, audience) is { IsEmpty: false } whole)
        {
            return whole; // no copy, which may be as long as the document
        }

        var body = new byte[Flags.Measure(_environmentFlags, audience)];
        Flags.Write(_environmentFlags, audience, body);
        return body;
    }
}

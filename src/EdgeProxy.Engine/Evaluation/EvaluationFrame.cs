using System.Diagnostics;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>
/// The state of one evaluation: identity, traits and outcomes. Reused, it allocates nothing once its buffers have grown to
/// what requests need. Not thread-safe.
/// </summary>
/// <remarks>
/// The steps, in this order:
/// <list type="number">
/// <item><see cref="Begin"/> with the snapshot to evaluate against;</item>
/// <item><see cref="SetIdentity(ReadOnlySpan{byte})"/>, unless the environment flags (no identity) are wanted, and the
/// <c>SetTrait…</c> methods, in the order of the traits;</item>
/// <item><see cref="Evaluate"/>;</item>
/// <item>the flags: <see cref="MeasureFlags"/> and <see cref="WriteFlags"/>;</item>
/// <item><see cref="Release"/>, if the frame is kept for later.</item>
/// </list>
/// All text is UTF-8 and must be valid.
/// </remarks>
internal sealed partial class EvaluationFrame
{
    private EnvironmentSnapshot? _snapshot;
    private EvaluationScope _scope;
    private byte[] _text = new byte[512];
    private int _textLength;
    private int _identifierOffset;
    private int _identifierLength;
    private int _keyOffset;
    private int _keyLength;
    private bool _hasIdentity;
    private int[] _outcomes = [];

    // True if any flag differs from the environment flags. For most identities none does, and their flags are a body that
    // was rendered in advance.
    private bool _deviates;

    /// <summary>The value of each property that conditions read, by slot.</summary>
    internal SlotValue[] Slots { get; private set; } = [];

    /// <summary>Indicates whether the evaluation is for an identity.</summary>
    internal bool HasIdentity => _hasIdentity;

    /// <summary>The seed of splits and variants; empty without an identity.</summary>
    internal ReadOnlySpan<byte> IdentityKey => _text.AsSpan(_keyOffset, _keyLength);

    private ReadOnlySpan<byte> Identifier => _text.AsSpan(_identifierOffset, _identifierLength);

    internal EnvironmentSnapshot Snapshot => _snapshot ?? throw NotBegun();

    /// <summary>Starts an evaluation, which is one without an identity (docs/spec/evaluation.md 2.6) until an identity is set.</summary>
    /// <param name="snapshot">The snapshot to evaluate, until the end of this evaluation.</param>
    /// <param name="scope">The scope of the evaluation.</param>
    public void Begin(EnvironmentSnapshot snapshot, EvaluationScope scope = EvaluationScope.Flags)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _snapshot = snapshot;
        _scope = scope;
        _textLength = 0;
        _keyOffset = 0;
        _keyLength = 0;
        _identifierOffset = 0;
        _identifierLength = 0;
        _hasIdentity = false;
        _traits?.Clear();
        _variants?.Clear();
        _contextTree = null;
        ForgetConversions();
        GrantSteps(MaxSteps);

        var slots = snapshot.Slots.CountFor(scope);
        if (Slots.Length < slots)
        {
            Slots = new SlotValue[slots];
        }

        Slots.AsSpan(0, slots).Clear();
    }

    /// <summary>
    /// Releases the snapshot and all results. For frames in a pool: a snapshot may be large, and a pooled frame would keep
    /// an outdated one alive.
    /// </summary>
    public void Release()
    {
        _snapshot = null;
        _contextTree = null;
        _traits = null;
        _queryAnswers = null;
        _costliest = null;
    }

    /// <summary>Sets the identity; its key is the environment key, an underscore and the identifier (docs/spec/evaluation.md 2.1).</summary>
    public void SetIdentity(ReadOnlySpan<byte> identifier)
    {
        var environmentKey = Snapshot.KeyUtf8.Span;
        _keyOffset = _textLength;
        Append(environmentKey);
        Append("_"u8);
        _identifierOffset = Append(identifier);
        _identifierLength = identifier.Length;
        _keyLength = _textLength - _keyOffset;
        IdentityIsSet();
    }

    /// <summary>Sets the identity with a key of its own; an empty key counts as none (docs/spec/evaluation.md 2.1).</summary>
    public void SetIdentity(ReadOnlySpan<byte> identifier, ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty)
        {
            SetIdentity(identifier);
            return;
        }

        _identifierOffset = Append(identifier);
        _identifierLength = identifier.Length;
        _keyOffset = Append(key);
        _keyLength = key.Length;
        IdentityIsSet();
    }

    /// <summary>Evaluates all flags (docs/spec/evaluation.md 2).</summary>
    public void Evaluate() => Run(MaxSteps);

    /// <summary>
    /// Evaluates within a few steps: for threads that must not be blocked for long. If it returns false, nothing is
    /// decided; <see cref="Evaluate()"/> does that, on this or another thread.
    /// </summary>
    /// <param name="steps">The steps it may take.</param>
    public bool TryEvaluate(int steps)
    {
        Run(steps);
        return AbortedConditions == 0 || steps >= MaxSteps;
    }

    private void Run(int steps)
    {
        var snapshot = Snapshot;
        var outcomes = Start(snapshot, steps);
        snapshot.InitialOutcomes.CopyTo(outcomes);
        _deviates = _hasIdentity && snapshot.IdentityOverrides.TryApply(Identifier, outcomes);
        if (snapshot.Dependencies is { } dependencies)
        {
            EvaluateDependencies(snapshot, dependencies, outcomes);
        }
        else
        {
            foreach (ref readonly var group in snapshot.OverrideGroups.AsSpan())
            {
                Decide(snapshot, in group, outcomes);
            }
        }

        PickAll(outcomes);
        if (snapshot.Dependencies?.Cycles is { } cycles)
        {
            MarkCircular(snapshot, cycles, outcomes);
        }
    }

    /// <summary>Returns the number of bytes that <see cref="WriteFlags"/> writes.</summary>
    public int MeasureFlags(FlagAudience audience) =>
        _deviates ? Snapshot.Flags.Measure(Outcomes, audience) : Snapshot.UsualFlags(audience).Length;

    /// <summary>
    /// Writes the flags of an identity as a JSON array, in the order of the environment's features (docs/spec/sdk-api.md 5.1).
    /// Flags without an identity, which have neither variant nor reason, are <see cref="EnvironmentSnapshot.EnvironmentFlags"/>.
    /// </summary>
    /// <param name="audience">The reader; clients do not get all flags (docs/spec/sdk-api.md 2.4).</param>
    /// <param name="destination">At least <see cref="MeasureFlags"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public int WriteFlags(FlagAudience audience, Span<byte> destination)
    {
        if (_deviates)
        {
            return Snapshot.Flags.Write(Outcomes, audience, destination);
        }

        var flags = Snapshot.UsualFlags(audience).Span;
        flags.CopyTo(destination);
        return flags.Length;
    }

    /// <summary>The size of the buffers in bytes; a pool may drop a frame that one huge request has enlarged.</summary>
    public int RetainedBytes => _text.Length + (_characters.Length * sizeof(char));

    /// <summary>Indicates whether any flag differs from the environment flags (no identity).</summary>
    internal bool Deviates => _deviates;

    /// <summary>The outcome of each feature: numbers of the snapshot's flags.</summary>
    internal ReadOnlySpan<int> Outcomes => _outcomes.AsSpan(0, Snapshot.Features.Length);

    /// <summary>The text of all values of this evaluation.</summary>
    internal ReadOnlySpan<byte> Text => _text.AsSpan(0, _textLength);

    /// <summary>Returns the bytes of a text slot.</summary>
    internal ReadOnlySpan<byte> TextOf(in SlotValue value) => _text.AsSpan(value.Offset, value.Length);

    /// <summary>The text form of a value (docs/spec/evaluation.md 5.9).</summary>
    /// <param name="value">A value that exists.</param>
    /// <param name="scratch">The buffer for a number: <see cref="DoubleText.MaxLength"/> bytes.</param>
    internal ReadOnlySpan<byte> AsText(in SlotValue value, Span<byte> scratch)
    {
        switch (value.Kind)
        {
            case SlotKind.Text or SlotKind.BigInteger:
                return TextOf(in value);
            case SlotKind.Integer:
                var formatted = value.Bits.TryFormat(scratch, out var length);
                Debug.Assert(formatted);
                return scratch[..length];
            case SlotKind.Double:
                return scratch[..DoubleText.Format(value.Double, scratch)];
            default:
                return value.Kind == SlotKind.True ? "True"u8 : "False"u8;
        }
    }

    private void IdentityIsSet()
    {
        _hasIdentity = true;
        Slots[SnapshotSlots.Identifier] = ReadText(Identifier, _identifierOffset);
        Slots[SnapshotSlots.IdentityKey] = ReadText(IdentityKey, _keyOffset);
    }

    private int Append(ReadOnlySpan<byte> text)
    {
        var offset = _textLength;
        if (_text.Length - offset < text.Length)
        {
            Array.Resize(ref _text, Math.Max(checked(offset + text.Length), _text.Length * 2));
        }

        text.CopyTo(_text.AsSpan(offset));
        _textLength = offset + text.Length;
        return offset;
    }

    private static InvalidOperationException NotBegun() => new($"Call {nameof(Begin)} first.");
}

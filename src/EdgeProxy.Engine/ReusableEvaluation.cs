using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine;

/// <summary>
/// An evaluation for servers: created once and used for one identity after another, it allocates nothing once its buffers
/// have grown to what identities need. For one thread at a time.
/// </summary>
/// <remarks>
/// The order of calls: <see cref="Begin"/>, <c>SetTrait</c> for each trait, <see cref="Evaluate"/>, <see cref="WriteFlags"/>.
/// Text is UTF-8 and must be valid. Of traits with the same key the last one counts.
/// </remarks>
public sealed class ReusableEvaluation
{
    private const int MaxIntegerLength = 20;

    private readonly EvaluationFrame _frame = new();
    private State _state;

    private enum State
    {
        Idle,
        Begun,
        Evaluated,
    }

    /// <summary>
    /// The number of conditions and of features with variants that exceeded the budget of the evaluation
    /// (docs/spec/evaluation.md 8). Such a condition is false, and such a feature has its control value.
    /// </summary>
    public int AbortedConditions => _frame.AbortedConditions;

    /// <summary>Starts an evaluation for an identity without traits.</summary>
    /// <param name="environment">The environment to evaluate.</param>
    /// <param name="identifier">The identifier of the identity.</param>
    /// <exception cref="ArgumentNullException">The environment is null.</exception>
    public void Begin(CompiledEnvironment environment, ReadOnlySpan<byte> identifier)
    {
        ArgumentNullException.ThrowIfNull(environment);
        _frame.Begin(environment.Snapshot);
        _frame.SetIdentity(identifier);
        _state = State.Begun;
    }

    /// <summary>Sets a trait to a text, which is converted if it looks like a number (docs/spec/evaluation.md 4.5).</summary>
    /// <param name="key">The name of the trait.</param>
    /// <param name="text">The text, without JSON escapes.</param>
    /// <exception cref="InvalidOperationException">No evaluation has begun.</exception>
    public void SetTrait(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text)
    {
        ThrowUnlessBegun();
        _frame.SetTraitText(key, text);
    }

    /// <summary>Sets a trait to an integer.</summary>
    /// <param name="key">The name of the trait.</param>
    /// <param name="value">The integer.</param>
    /// <exception cref="InvalidOperationException">No evaluation has begun.</exception>
    public void SetTrait(ReadOnlySpan<byte> key, long value)
    {
        ThrowUnlessBegun();
        Span<byte> text = stackalloc byte[MaxIntegerLength];
        _ = value.TryFormat(text, out var length);
        _frame.SetTraitNumber(key, text[..length]);
    }

    /// <summary>Sets a trait to a double.</summary>
    /// <param name="key">The name of the trait.</param>
    /// <param name="value">The double.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is infinite or not a number.</exception>
    /// <exception cref="InvalidOperationException">No evaluation has begun.</exception>
    public void SetTrait(ReadOnlySpan<byte> key, double value)
    {
        ThrowUnlessBegun();
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A value must be finite.");
        }

        Span<byte> text = stackalloc byte[DoubleText.MaxLength];
        _frame.SetTraitNumber(key, text[..DoubleText.Format(value, text)]);
    }

    /// <summary>Sets a trait to a boolean.</summary>
    /// <param name="key">The name of the trait.</param>
    /// <param name="value">The boolean.</param>
    /// <exception cref="InvalidOperationException">No evaluation has begun.</exception>
    public void SetTrait(ReadOnlySpan<byte> key, bool value)
    {
        ThrowUnlessBegun();
        _frame.SetTraitBoolean(key, value);
    }

    /// <summary>Evaluates all flags (docs/spec/evaluation.md 2).</summary>
    /// <exception cref="InvalidOperationException">No evaluation has begun.</exception>
    public void Evaluate()
    {
        ThrowUnlessBegun();
        _frame.Evaluate();
        _state = State.Evaluated;
    }

    /// <summary>Returns the number of bytes that <see cref="WriteFlags"/> writes.</summary>
    /// <param name="audience">The reader; clients do not get all flags (docs/spec/sdk-api.md 2.4).</param>
    /// <exception cref="InvalidOperationException">The flags are not evaluated.</exception>
    public int MeasureFlags(FlagAudience audience)
    {
        ThrowUnlessEvaluated();
        return _frame.MeasureFlags(audience);
    }

    /// <summary>Writes the flags as a JSON array, in the order of the environment's features (docs/spec/sdk-api.md 5.1).</summary>
    /// <param name="audience">The reader; clients do not get all flags (docs/spec/sdk-api.md 2.4).</param>
    /// <param name="destination">At least <see cref="MeasureFlags"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    /// <exception cref="InvalidOperationException">The flags are not evaluated.</exception>
    public int WriteFlags(FlagAudience audience, Span<byte> destination)
    {
        var length = MeasureFlags(audience);
        if (destination.Length < length)
        {
            throw new ArgumentException($"The flags have {length} bytes, the destination {destination.Length}.", nameof(destination));
        }

        return _frame.WriteFlags(audience, destination);
    }

    /// <summary>Drops the environment and the traits, so that an evaluation in a pool keeps no replaced environment alive.</summary>
    public void Release()
    {
        _frame.Release();
        _state = State.Idle;
    }

    // A trait that is set after the evaluation has no effect on the flags: they have to be evaluated again.
    private void ThrowUnlessBegun()
    {
        if (_state == State.Idle)
        {
            throw new InvalidOperationException($"Call {nameof(Begin)} first.");
        }

        _state = State.Begun;
    }

    private void ThrowUnlessEvaluated()
    {
        if (_state != State.Evaluated)
        {
            throw new InvalidOperationException($"Call {nameof(Evaluate)} first.");
        }
    }
}

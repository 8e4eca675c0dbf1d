namespace EdgeProxy.Engine.Evaluation;

/// <content>
/// The budget of an evaluation. Everything that may take long for some values spends steps of it: regular expressions,
/// JSONPath queries, hashes and searches of long values. Steps instead of time, so that the same request gets the same
/// flags on a busy machine.
/// </content>
internal sealed partial class EvaluationFrame
{
    /// <summary>The maximum steps of an evaluation; a step is about 5 nanoseconds, so all of them some 25 ms.</summary>
    public const int MaxSteps = 5_000_000;

    /// <summary>Values up to this length, in bytes, are hashed and searched without charge: they cannot take long.</summary>
    internal const int FreeBytes = 256;

    private int _stepsGranted = MaxSteps;
    private int _stepsLeft = MaxSteps;
    private int _maxSteps;
    private ConditionPlace? _costliest;

    /// <summary>
    /// The number of conditions, and of features with variants, that exceeded the budget of this evaluation. Such a condition
    /// evaluates to false, and such a feature gets its control value. 0 except under attack.
    /// </summary>
    public int AbortedConditions { get; private set; }

    /// <summary>The steps that this evaluation took.</summary>
    public int StepsTaken => _stepsGranted - Math.Max(0, _stepsLeft);

    /// <summary>The condition that took the most steps, in words; null if none took any.</summary>
    public string? CostliestCondition => _costliest?.ToString();

    /// <summary>The remaining steps; exhausted at 0 and below.</summary>
    internal int StepsLeft => _stepsLeft;

    /// <summary>Charges a condition for the steps that it took.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="isAborted">True if it was aborted.</param>
    /// <param name="place">The condition; null if it is not reported.</param>
    internal void Spend(int steps, bool isAborted, ConditionPlace? place)
    {
        _stepsLeft -= steps;
        Note(steps, place);
        AbortedConditions += isAborted ? 1 : 0;
    }

    /// <summary>Charges for hashing a value; false if the budget is exhausted.</summary>
    internal bool TryHash(int length, ConditionPlace? place)
    {
        const int BlockBytes = 64;
        const int StepsPerBlock = 25;
        return length <= FreeBytes || TrySpend((long)length / BlockBytes * StepsPerBlock, place);
    }

    /// <summary>Charges for a pass over a value; false if the budget is exhausted.</summary>
    /// <param name="length">The length of the value in bytes.</param>
    /// <param name="bytesPerStep">The number of bytes that take one step.</param>
    /// <param name="factor">The number of times that each byte may be read.</param>
    /// <param name="place">The condition.</param>
    internal bool TryScan(int length, int bytesPerStep, int factor, ConditionPlace place) =>
        length <= FreeBytes || TrySpend((long)length / bytesPerStep * factor, place);

    /// <summary>
    /// A charge that exceeds the remaining budget sets it to zero, so that no smaller charge succeeds after it.
    /// </summary>
    private bool TrySpend(long steps, ConditionPlace? place)
    {
        if (steps < _stepsLeft)
        {
            Note((int)steps, place);
            _stepsLeft -= (int)steps;
            return true;
        }

        Note(Math.Max(0, _stepsLeft), place);
        _stepsLeft = 0;
        AbortedConditions++;
        return false;
    }

    private void Note(int steps, ConditionPlace? place)
    {
        if (steps > _maxSteps && place is not null)
        {
            _maxSteps = steps;
            _costliest = place;
        }
    }

    private void GrantSteps(int steps)
    {
        _stepsGranted = Math.Min(steps, MaxSteps);
        _stepsLeft = _stepsGranted;
        _maxSteps = 0;
        _costliest = null;
        AbortedConditions = 0;
    }
}

namespace EdgeProxy.Engine.Values;

/// <summary>
/// Steps that compiling a document may take beyond those in proportion to its length (docs/spec/evaluation.md 1.8). Steps
/// and no clock: the same document is accepted on every machine, under any load.
/// </summary>
internal sealed class StepBudget
{
    /// <summary>The steps for a document: a few hundred milliseconds, and some 50 MB of instructions.</summary>
    public const long DefaultSteps = 4_000_000;

    private readonly long _total;
    private long _left;

    /// <param name="total">The steps.</param>
    public StepBudget(long total = DefaultSteps)
    {
        _total = total;
        _left = total;
    }

    /// <summary>Creates a budget without a limit.</summary>
    public static StepBudget Unlimited() => new(long.MaxValue);

    /// <summary>The part of the document that is being compiled; its text is the path.</summary>
    public object? Place { get; set; }

    /// <summary>Spends steps.</summary>
    /// <param name="steps">Their number; a negative one counts as 0.</param>
    /// <exception cref="StepBudgetException">Fewer are left.</exception>
    public void Spend(long steps)
    {
        _left -= Math.Max(0, steps);
        if (_left < 0)
        {
            throw new StepBudgetException(_total, Place?.ToString() ?? "$");
        }
    }
}

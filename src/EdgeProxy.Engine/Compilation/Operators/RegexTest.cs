using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Languages.Regexes.Python;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary><c>REGEX</c>: the expression matches at the start of the value as text.</summary>
internal readonly struct RegexTest(PythonRegex regex) : IValueTest
{
    /// <inheritdoc/>
    public int Cost => regex.IsLinear ? 300 : 1000;

    /// <inheritdoc/>
    public bool Matches(EvaluationFrame frame, in SlotValue value)
    {
        if (value.Kind == SlotKind.None || frame.IsBudgetExhausted)
        {
            return false;
        }

        Span<byte> scratch = stackalloc byte[DoubleText.MaxLength];
        var matches = regex.MatchesAtStart(frame.ToCharacters(frame.AsText(in value, scratch)), out var gaveUp);
        if (gaveUp)
        {
            frame.AbortedMatches++;
        }

        return matches;
    }
}

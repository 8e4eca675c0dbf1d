using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Languages.Regexes.Python;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary><c>REGEX</c>: the expression matches at the start of the value as text.</summary>
internal readonly struct RegexTest(PythonRegex regex, ConditionPlace place) : IValueTest
{
    /// <inheritdoc/>
    public int Cost => regex.IsLinear ? 300 : 1000;

    /// <inheritdoc/>
    public bool Matches(EvaluationFrame frame, in SlotValue value)
    {
        if (value.Kind == SlotKind.None || !frame.TryGetCharacters(in value, place, out var text))
        {
            return false;
        }

        var isMatch = regex.MatchesAtStart(text, frame.StepsLeft, out var steps, out var isAborted);
        frame.Spend(steps, isAborted, place);
        return isMatch;
    }
}

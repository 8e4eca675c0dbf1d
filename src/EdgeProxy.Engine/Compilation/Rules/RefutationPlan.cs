using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation.Rules;

/// <summary>
/// Segments that need the same condition fail together: where one of them has found that it does not hold, the others are known
/// not to match, and are not evaluated.
/// </summary>
internal sealed class RefutationPlan
{
    private const int BitsInWord = 64;

    private readonly List<Conjunction> _conjunctions = [];
    private readonly Dictionary<Matcher, List<int>> _answersByCondition = new(ReferenceEqualityComparer.Instance);

    /// <summary>Creates the matcher of a segment, which is complete after <see cref="Finish"/>.</summary>
    /// <param name="answer">The number of the segment's cached result.</param>
    /// <param name="conditions">The conditions that must all hold.</param>
    public Matcher Bind(int answer, RuleNode[] conditions)
    {
        var matchers = Array.ConvertAll(conditions, static condition => condition.Matcher);
        var refuted = new AnswerMask[matchers.Length];
        _conjunctions.Add(new Conjunction(matchers, refuted));
        foreach (var condition in conditions)
        {
            if (condition.IsShared)
            {
                AnswersOf(condition.Matcher).Add(answer);
            }
        }

        return frame =>
        {
            for (var i = 0; i < matchers.Length; i++)
            {
                if (!matchers[i](frame))
                {
                    frame.Refute(in refuted[i]);
                    return false;
                }
            }

            return true;
        };
    }

    /// <summary>Completes the matchers.</summary>
    public void Finish()
    {
        var masks = _answersByCondition
            .Where(static entry => entry.Value.Count > 1)
            .ToDictionary(static entry => entry.Key, static entry => MaskOf(entry.Value), _answersByCondition.Comparer);
        foreach (var (matchers, refuted) in _conjunctions)
        {
            for (var i = 0; i < matchers.Length; i++)
            {
                refuted[i] = masks.GetValueOrDefault(matchers[i]);
            }
        }
    }

    /// <summary>The results of a condition's segments; none where these are so far apart that setting them would take longer than it saves.</summary>
    private static AnswerMask MaskOf(List<int> answers)
    {
        var first = answers.Min() / BitsInWord;
        var words = (answers.Max() / BitsInWord) - first + 1;
        if (words > answers.Count)
        {
            return default;
        }

        var mask = new ulong[words];
        foreach (var answer in answers)
        {
            mask[(answer / BitsInWord) - first] |= 1UL << (answer % BitsInWord);
        }

        return new AnswerMask(first, mask);
    }

    private List<int> AnswersOf(Matcher condition)
    {
        if (!_answersByCondition.TryGetValue(condition, out var answers))
        {
            _answersByCondition.Add(condition, answers = []);
        }

        return answers;
    }

    private readonly record struct Conjunction(Matcher[] Matchers, AnswerMask[] Refuted);
}

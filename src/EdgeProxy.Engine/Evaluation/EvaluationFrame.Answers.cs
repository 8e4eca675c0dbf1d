using EdgeProxy.Engine.Languages.JsonPaths;
using EdgeProxy.Engine.Languages.JsonPaths.Queries;

namespace EdgeProxy.Engine.Evaluation;

/// <content>Cached results of matchers and queries; and the context as a tree, for queries that need one.</content>
internal sealed partial class EvaluationFrame
{
    private const int BitsShift = 6;
    private const int StepsPerQueryStep = 10;

    private ulong[] _answered = [];
    private ulong[] _matched = [];
    private PathNode? _contextTree;
    private Dictionary<JsonPathQuery, SlotValue?>? _queryAnswers;

    /// <summary>Returns the result of a matcher, which runs once per evaluation.</summary>
    /// <param name="answer">The number of the cached result.</param>
    /// <param name="matcher">The matcher to evaluate.</param>
    internal bool Recall(int answer, Matcher matcher)
    {
        var word = answer >> BitsShift;
        var bit = 1UL << answer; // the shift takes the lower six bits only
        if ((_answered[word] & bit) == 0)
        {
            _answered[word] |= bit;
            if (matcher(this))
            {
                _matched[word] |= bit;
            }
        }

        return (_matched[word] & bit) != 0;
    }

    /// <summary>Remembers that none of these matches.</summary>
    internal void Refute(in AnswerMask mask)
    {
        var words = mask.Words;
        for (var i = 0; i < words?.Length; i++)
        {
            _answered[mask.FirstWord + i] |= words[i];
        }
    }

    /// <summary>
    /// Returns the first node that a query finds, if it is a scalar; else no value. Each query runs once per evaluation.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="place">The condition with the query.</param>
    /// <param name="value">The value.</param>
    /// <returns>True if the result is known; false if the query costs too much.</returns>
    internal bool TryFind(JsonPathQuery query, ConditionPlace place, out SlotValue value)
    {
        if (_queryAnswers is null || !_queryAnswers.TryGetValue(query, out var answer))
        {
            answer = Ask(query, place);
            (_queryAnswers ??= []).Add(query, answer);
        }

        if (answer is null)
        {
            AbortedConditions++;
        }

        value = answer.GetValueOrDefault();
        return answer is not null;
    }

    private SlotValue? Ask(JsonPathQuery query, ConditionPlace place)
    {
        if (_stepsLeft <= 0)
        {
            return null;
        }

        _contextTree ??= Snapshot.Queries.BuildContext(_hasIdentity, Identifier, IdentityKey, _traits);
        return !TryRun(query, _contextTree, place, out var node) ? null
            : node is { Kind: PathNodeKind.Scalar } ? Read(node.Scalar)
            : default(SlotValue);
    }

    /// <summary>Runs a query with the remaining steps, of which there must be some; false if they are not enough.</summary>
    private bool TryRun(JsonPathQuery query, PathNode context, ConditionPlace? place, out PathNode? node)
    {
        node = query.First(context, Math.Max(1, _stepsLeft / StepsPerQueryStep), out var steps, out var isAborted);
        Spend(steps * StepsPerQueryStep, isAborted: false, place);
        return !isAborted;
    }

    private void ForgetAnswers(int count)
    {
        _queryAnswers?.Clear();
        var words = (count + 63) >> BitsShift;
        if (_answered.Length < words)
        {
            _answered = new ulong[words];
            _matched = new ulong[words];
        }
        else
        {
            _answered.AsSpan(0, words).Clear();
            _matched.AsSpan(0, words).Clear();
        }
    }
}

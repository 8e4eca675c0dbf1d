using EdgeProxy.Engine.Languages.JsonPaths;
using EdgeProxy.Engine.Languages.JsonPaths.Queries;

namespace EdgeProxy.Engine.Evaluation;

/// <content>Answers, each found at most once; and the context as a tree, for queries that need one.</content>
public sealed partial class EvaluationFrame
{
    private const int BitsShift = 6;
    private const int MaxAbortedMatches = 3;

    private ulong[] _asked = [];
    private ulong[] _matched = [];
    private PathNode? _contextTree;

    /// <summary>How many regular expressions and queries gave up in this evaluation, having taken too many steps.</summary>
    internal int AbortedMatches { get; set; }

    /// <summary>
    /// Whether the rest of them had better not be tried: each that gives up costs milliseconds, and a document may hold any
    /// number of them.
    /// </summary>
    internal bool IsBudgetExhausted => AbortedMatches >= MaxAbortedMatches;

    /// <summary>The answer of a matcher, which is asked once an evaluation.</summary>
    /// <param name="answer">The number under which the answer is remembered.</param>
    /// <param name="matcher">What to ask.</param>
    internal bool Recall(int answer, Matcher matcher)
    {
        var word = answer >> BitsShift;
        var bit = 1UL << answer; // the shift takes the lower six bits only
        if ((_asked[word] & bit) == 0)
        {
            _asked[word] |= bit;
            if (matcher(this))
            {
                _matched[word] |= bit;
            }
        }

        return (_matched[word] & bit) != 0;
    }

    /// <summary>The first node that a query finds, if that is a scalar; else no value.</summary>
    internal SlotValue First(JsonPathQuery query)
    {
        if (IsBudgetExhausted)
        {
            return default;
        }

        _contextTree ??= Snapshot.Queries.BuildContext(_hasIdentity, Identifier, IdentityKey, _traits);
        var node = query.First(_contextTree, out var gaveUp);
        AbortedMatches += gaveUp ? 1 : 0;
        return node is { Kind: PathNodeKind.Scalar } ? Read(node.Scalar) : default;
    }

    private void ForgetAnswers(int count)
    {
        var words = (count + 63) >> BitsShift;
        if (_asked.Length < words)
        {
            _asked = new ulong[words];
            _matched = new ulong[words];
        }
        else
        {
            _asked.AsSpan(0, words).Clear();
            _matched.AsSpan(0, words).Clear();
        }
    }
}

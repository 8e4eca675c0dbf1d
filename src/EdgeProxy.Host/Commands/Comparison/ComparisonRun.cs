using System.Collections.Concurrent;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>Asks two servers the same questions (docs/spec/operator-commands.md 2.3).</summary>
internal sealed class ComparisonRun
{
    private const int MaxAtOnce = 8;

    // The questions whose answers differed that are asked again: the document may have changed in between.
    private const int MaxAskedAgain = 200;

    private readonly ComparedServer _here;
    private readonly ComparedServer _there;
    private readonly IReadOnlyList<Question> _questions;
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<HarmlessDifference, int> _harmless = [];
    private readonly ConcurrentBag<(TimeSpan Here, TimeSpan There)> _times = [];
    private readonly ConcurrentBag<int> _different = [];
    private int _done;

    /// <param name="here">This server.</param>
    /// <param name="there">The other server.</param>
    /// <param name="questions">The questions.</param>
    public ComparisonRun(ComparedServer here, ComparedServer there, IReadOnlyList<Question> questions)
    {
        _here = here;
        _there = there;
        _questions = questions;
    }

    /// <summary>The number of questions that were asked so far.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>The number of questions.</summary>
    public int Total => _questions.Count;

    /// <summary>The number of questions whose answers differed so far.</summary>
    public int Different => _different.Count;

    /// <summary>Asks all questions.</summary>
    /// <exception cref="CompareException">A server does not answer.</exception>
    public async Task<ComparisonResult> RunAsync(CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, _questions.Count), options, async (index, limit) => await AskAsync(index, limit));
        var confirmed = new List<Difference>();
        var vanished = 0;
        foreach (var index in _different.Order().Take(MaxAskedAgain))
        {
            var differences = (await CompareAsync(_questions[index], cancellationToken)).Differences;
            confirmed.AddRange(differences);
            vanished += differences.Count == 0 ? 1 : 0;
        }

        return new ComparisonResult(_here.Url, _there.Url)
        {
            Questions = new SortedDictionary<string, int>(_counts, StringComparer.Ordinal),
            Differences = confirmed,
            Groups = DifferenceGroup.Of(confirmed),
            Vanished = vanished,
            Harmless = new SortedDictionary<HarmlessDifference, int>(_harmless),
            TimesHere = [.. _times.Select(static time => time.Here).Order()],
            TimesThere = [.. _times.Select(static time => time.There).Order()],
        };
    }

    private async Task AskAsync(int index, CancellationToken cancellationToken)
    {
        var question = _questions[index];
        var (here, there, differences, harmless) = await CompareAsync(question, cancellationToken);
        _times.Add((here.Elapsed, there.Elapsed));
        _counts.AddOrUpdate(question.Kind, 1, static (_, count) => count + 1);
        foreach (var kind in harmless)
        {
            _harmless.AddOrUpdate(kind, 1, static (_, count) => count + 1);
        }

        if (differences.Count > 0)
        {
            _different.Add(index);
        }

        Interlocked.Increment(ref _done);
    }

    private async Task<(FlagsAnswer Here, FlagsAnswer There, IReadOnlyList<Difference> Differences, ISet<HarmlessDifference> Harmless)> CompareAsync(
        Question question, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(_here.AskAsync(question, cancellationToken), _there.AskAsync(question, cancellationToken));
        var (here, there) = (answers[0], answers[1]);
        var harmless = new HashSet<HarmlessDifference>();
        return (here, there, AnswerComparison.Compare(question, here, there, harmless), harmless);
    }
}

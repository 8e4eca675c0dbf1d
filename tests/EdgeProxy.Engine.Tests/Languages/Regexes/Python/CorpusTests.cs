using EdgeProxy.Engine.Languages.Regexes.Python;

namespace EdgeProxy.Engine.Tests.Languages.Regexes.Python;

public sealed class CorpusTests
{
    [Fact]
    public void MatchesAtStart_EveryCaseOfTheCorpus_AnswersAsPython()
    {
        var differences = new List<string>();
        var count = 0;
        foreach (var answer in Corpus.Read("cases.json").Where(static answer => answer.GetArrayLength() == 3))
        {
            var pattern = answer[0].GetString()!;
            if (!PythonRegex.TryCreate(pattern, out var regex, out var error))
            {
                differences.Add($"{pattern} is refused: {error}");
                continue;
            }

            foreach (var (texts, expected) in new[] { (answer[1], true), (answer[2], false) })
            {
                foreach (var text in Corpus.Texts(texts))
                {
                    count++;
                    if (regex.MatchesAtStart(text, out var budgetExceeded) != expected || budgetExceeded)
                    {
                        differences.Add($"{pattern} on {text}: not {expected}");
                    }
                }
            }
        }

        Assert.Empty(differences);
        Assert.True(count > 5_000, $"only {count} cases");
    }

    [Fact]
    public void TryCreate_EveryErrorOfTheCorpus_RefusesAsPython()
    {
        var differences = new List<string>();
        var refusals = Corpus.Read("cases.json").Where(static answer => answer.GetArrayLength() == 2).ToList();
        foreach (var answer in refusals)
        {
            var pattern = answer[0].GetString()!;
            if (PythonRegex.TryCreate(pattern, out _, out var error))
            {
                differences.Add($"{pattern} is accepted");
            }
            else if (error != answer[1].GetString() && !error.StartsWith("look-behind requires", StringComparison.Ordinal))
            {
                // Python finds lookbehinds of variable width only after everything else.
                differences.Add($"{pattern}: {error} and not {answer[1].GetString()}");
            }
        }

        Assert.Empty(differences);
        Assert.True(refusals.Count > 500, $"only {refusals.Count} refusals");
    }
}

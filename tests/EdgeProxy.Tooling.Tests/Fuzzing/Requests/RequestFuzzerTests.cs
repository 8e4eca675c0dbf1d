using System.Text;
using EdgeProxy.Fuzzing;
using EdgeProxy.Fuzzing.Requests;
using EdgeProxy.Fuzzing.Responses;

namespace EdgeProxy.Tooling.Tests.Fuzzing.Requests;

public sealed class RequestFuzzerTests
{
    [Fact]
    public async Task Run_AgainstTheProxy_NothingFound()
    {
        await using var proxy = await FuzzedProxy.StartAsync();

        var report = await new RequestFuzzer(proxy, new FuzzSettings { Cases = 1500, Time = TimeSpan.FromMinutes(2) }).RunAsync(CancellationToken.None);

        Assert.Empty(report.Findings);
        Assert.Equal(1500, report.Cases);
    }

    [Fact]
    public async Task Corpus_AskedAlone_ReachesEveryKindOfAnswer()
    {
        await using var proxy = await FuzzedProxy.StartAsync();

        var known = await KnownAnswers.AskAsync(proxy.Address, CancellationToken.None);

        Assert.Equal([200, 304, 400, 401, 403, 404, 405, 422], known.Statuses.Distinct().Order());
    }

    [Fact]
    public async Task Ofrep_AnyKeyAndBody_ReachesEveryKindOfAnswer()
    {
        await using var proxy = await FuzzedProxy.StartAsync();
        var judge = new RequestJudge(await KnownAnswers.AskAsync(proxy.Address, CancellationToken.None));
        var cases = new RequestCases(new FuzzSettings { Seed = 5 });
        var statuses = new HashSet<int>();
        for (var number = 1; number < 2400; number += 6)
        {
            var transcript = await Conversation.RunAsync(proxy.Address, cases[number], CancellationToken.None);

            Assert.Null(judge.Judge(cases[number], transcript, status => statuses.Add(status)));
        }

        Assert.Equal([200, 304, 400, 404], statuses.Order());
    }

    [Fact]
    public async Task Seeds_EventStreams_Opened()
    {
        await using var proxy = await FuzzedProxy.StartAsync();
        foreach (var stream in RequestCorpus.Seeds.Skip(RequestCorpus.All.Count))
        {
            // A conversation gives a stream up after a short silence, which a busy machine may need for the answer.
            Transcript transcript;
            var attempts = 0;
            do
            {
                transcript = await Conversation.RunAsync(proxy.Address, new RequestCase(-1, [stream.Bytes]), CancellationToken.None);
            }
            while (transcript is { End: ConversationEnd.GivenUp, Received.Length: 0 } && ++attempts < 100);

            var responses = ResponseParser.ReadAll(transcript.Received, ResponseExpectations.Of(stream.Bytes, transcript.End != ConversationEnd.Closed));
            Assert.Equal(200, responses[0].Status);
            Assert.StartsWith("retry: ", Encoding.UTF8.GetString(ResponseRules.Check(responses[0])), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Cases_SameSeed_SameBytes()
    {
        var cases = new RequestCases(new FuzzSettings { Seed = 3 });
        var again = new RequestCases(new FuzzSettings { Seed = 3 });
        var other = new RequestCases(new FuzzSettings { Seed = 4 });

        Assert.All(Enumerable.Range(0, 500), number => Assert.Equal(cases[number].Pieces, again[number].Pieces));
        Assert.Contains(Enumerable.Range(0, 500), number => !cases[number].Bytes.SequenceEqual(other[number].Bytes));
    }
}

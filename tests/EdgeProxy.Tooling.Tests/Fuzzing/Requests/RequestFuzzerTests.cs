using EdgeProxy.Fuzzing;
using EdgeProxy.Fuzzing.Requests;

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
    public void Cases_SameSeed_SameBytes()
    {
        var cases = new RequestCases(new FuzzSettings { Seed = 3 });
        var again = new RequestCases(new FuzzSettings { Seed = 3 });
        var other = new RequestCases(new FuzzSettings { Seed = 4 });

        Assert.All(Enumerable.Range(0, 500), number => Assert.Equal(cases[number].Pieces, again[number].Pieces));
        Assert.Contains(Enumerable.Range(0, 500), number => !cases[number].Bytes.SequenceEqual(other[number].Bytes));
    }
}

using EdgeProxy.Fuzzing;
using EdgeProxy.Fuzzing.Documents;

namespace EdgeProxy.Tooling.Tests.Fuzzing.Documents;

public sealed class DocumentFuzzerTests
{
    [Fact]
    public void Run_SomeDocuments_NothingFound()
    {
        var report = new DocumentFuzzer(new FuzzSettings { Cases = 2000, Time = TimeSpan.FromMinutes(2) }).Run(CancellationToken.None);

        Assert.Empty(report.Findings);
        Assert.Equal(2000, report.Cases);
    }

    [Fact]
    public void Corpus_AsItIs_Accepted() => Assert.All(DocumentCorpus.All, static document =>
    {
        Assert.Null(DocumentSelfTest.Try(document, out var outcome));
        Assert.True(outcome.IsAccepted);
    });

    [Fact]
    public void Mutated_SameSeed_SameBytes()
    {
        var documents = new DocumentMutator(new FuzzSettings { Seed = 3 });
        var again = new DocumentMutator(new FuzzSettings { Seed = 3 });

        Assert.All(Enumerable.Range(0, 300), number => Assert.Equal(documents[number], again[number]));
    }
}

using System.Collections.Concurrent;
using System.Text.Json;
using EdgeProxy.LoadTests.Model.Requests;

namespace EdgeProxy.Tooling.Tests.LoadTests.Requests;

public sealed class RequestStreamTests
{
    private static readonly LoadKeys Keys = new("client", "ser.server");

    [Fact]
    public void Mix_ManyRequests_HasTheShares()
    {
        var stream = Stream(RequestMix.Everything);

        var counts = Enumerable.Range(0, 100_000).CountBy(number => stream.At(number).Kind).ToDictionary();

        Assert.InRange(counts[RequestKind.Identities], 69_000, 71_000);
        Assert.InRange(counts[RequestKind.Flags], 24_000, 26_000);
        Assert.InRange(counts[RequestKind.UnchangedDocument], 3_700, 4_300);
        Assert.InRange(counts[RequestKind.Document], 800, 1_200);
    }

    [Fact]
    public void Mix_SharesThatAreNotAWhole_Refused() =>
        Assert.Throws<ArgumentException>(static () => new RequestMix((RequestKind.Flags, 60), (RequestKind.Document, 30)));

    [Fact]
    public void Next_ManyThreads_EachRequestOnce()
    {
        var (taken, expected) = (new ConcurrentBag<string>(), Stream(RequestMix.Identities));
        var stream = Stream(RequestMix.Identities);

        Parallel.For(0, 10_000, _ => taken.Add(stream.Next().Identifier!));

        Assert.Equal(Enumerable.Range(1, 10_000).Select(number => expected.At(number).Identifier!).Order(), taken.Order());
    }

    [Fact]
    public void Requests_OfEachKind_CarryTheKeyThatOpensIt()
    {
        var requests = Enumerable.Range(0, 1000).Select(number => Stream(RequestMix.Everything).At(number)).ToList();

        Assert.All(requests, static request => Assert.Equal(
            request.Kind is RequestKind.Document or RequestKind.UnchangedDocument ? Keys.ServerSide : Keys.ClientSide, request.Key));
        Assert.All(requests, static request => Assert.Equal(request.Kind == RequestKind.UnchangedDocument ? "\"tag\"" : null, request.IfNoneMatch));
    }

    [Fact]
    public void Identities_WithTraits_PostThemAndWithoutAskWithGet()
    {
        var stream = Stream(RequestMix.Identities);
        var requests = Enumerable.Range(0, 1000).Select(number => stream.At(number)).ToList();

        Assert.Contains(requests, static request => request.Body is null && request.Path == $"/api/v1/identities/?identifier={request.Identifier}");
        var posted = requests.Where(static request => request.Body is not null).ToList();
        Assert.NotEmpty(posted);
        foreach (var request in posted)
        {
            using var body = JsonDocument.Parse(request.Body);
            Assert.Equal(request.Identifier, body.RootElement.GetProperty("identifier").GetString());
            Assert.NotEqual(0, body.RootElement.GetProperty("traits").GetArrayLength());
        }
    }

    [Theory]
    [InlineData("http://localhost:8000", "http://localhost:8000/api/v1/flags/")]
    [InlineData("https://proxy.example/behind/", "https://proxy.example/behind/api/v1/flags/")]
    public void ToMessage_AddressWithAPath_KeepsIt(string server, string expected)
    {
        using var message = Stream(RequestMix.Flags).Next().ToMessage(new Uri(server));

        Assert.Equal(expected, message.RequestUri!.AbsoluteUri);
        Assert.Equal("client", message.Headers.GetValues("X-Environment-Key").Single());
    }

    private static RequestStream Stream(RequestMix mix) => new(mix, Keys, "\"tag\"");
}

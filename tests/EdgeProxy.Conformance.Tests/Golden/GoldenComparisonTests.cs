using System.Text;
using System.Text.Json;
using EdgeProxy.Host.Commands.Comparison;
using EdgeProxy.Host.Testing;
using EdgeProxy.Tools.Golden;
using Microsoft.AspNetCore.Http;

namespace EdgeProxy.Conformance.Tests.Golden;

/// <summary><c>edge-proxy compare</c> with a stand-in that plays the recorded answers of the Flagsmith Edge Proxy back: nothing differs.</summary>
public sealed class GoldenComparisonTests(GoldenProxy proxy) : IClassFixture<GoldenProxy>
{
    private const string Flags = "/api/v1/flags/";
    private const string Identities = "/api/v1/identities/";
    private const double Rate = 5000;

    public static TheoryData<string> Recordings => GoldenTests.Recordings;

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Compare_WithTheRecordedAnswers_NothingDiffers(string name)
    {
        var exchanges = Recording.Read(GoldenProxy.PathOf(name)).Exchanges.Where(IsQuestion).ToList();
        var answers = exchanges.DistinctBy(IdOf).ToDictionary(IdOf, StringComparer.Ordinal);
        await using var recorded = await FakeUpstream.StartAsync();
        recorded.Behaviour = async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            var answer = answers[$"{context.Request.Headers["X-Environment-Key"]} {context.Request.Path} {Normalized(await body.ReadToEndAsync())}"];
            context.Response.StatusCode = answer.Status;
            await context.Response.WriteAsync(answer.Response.GetRawText());
        };

        foreach (var asked in exchanges.GroupBy(static exchange => exchange.Key))
        {
            using var here = new ComparedServer(proxy.Client.BaseAddress!, asked.Key, new HttpClient(), new Pace(Rate, TimeProvider.System));
            using var there = new ComparedServer(recorded.Address, asked.Key, new HttpClient(), new Pace(Rate, TimeProvider.System));
            Question[] questions = [.. asked.Select(static exchange => new Question(Question.FromFile, exchange.ToString(), exchange.Body is { } body ? Encoding.UTF8.GetBytes(body) : null))];

            var result = await new ComparisonRun(here, there, questions).RunAsync(CancellationToken.None);

            Assert.Empty(result.Differences);
            Assert.Equal(questions.Length, result.Count);
            Assert.Equal(0, result.Vanished);
        }
    }

    [Fact]
    public void Recordings_Questions_Many() => Assert.InRange(GoldenProxy.Recordings.Sum(static path => Recording.Read(path).Exchanges.Count(IsQuestion)), 2000, 4000);

    /// <summary>Questions that the command asks, too: the body of a file's line is an object.</summary>
    private static bool IsQuestion(RecordedExchange exchange) =>
        exchange is { Method: "GET", Target: Flags } or { Method: "POST", Target: Identities, Body: ['{', ..] };

    private static string IdOf(RecordedExchange exchange) => $"{exchange.Key} {exchange.Target} {Normalized(exchange.Body ?? "")}";

    private static string Normalized(string body) => body.Length == 0 ? "" : JsonSerializer.Serialize(JsonElement.Parse(body));
}

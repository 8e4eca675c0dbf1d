using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Server.WarmUp;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Server.WarmUp;

/// <summary>The server of the warm-up, and the requests for it.</summary>
public sealed class WarmUpServerTests
{
    [Fact]
    public async Task Requests_All_Answered()
    {
        await using var server = await StartAsync(Documents.Small("env"));
        using var connection = new WarmUpConnection(server.Connect());

        foreach (var request in WarmUpRequests.Make(server.Environments).SelectMany(static group => group))
        {
            var text = Encoding.UTF8.GetString(request);
            Assert.True(connection.Send(request) == (text.Contains("If-None-Match", StringComparison.Ordinal) ? 304 : 200), text);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Requests_WithACoding_AnswersAreCompressed(string coding)
    {
        await using var server = await StartAsync(Documents.Small("env"));
        var requests = WarmUpRequests.Make(server.Environments).SelectMany(static group => group)
            .Where(request => Encoding.UTF8.GetString(request).Contains($"Accept-Encoding: {coding}", StringComparison.Ordinal)).ToList();
        Assert.True(requests.Count > 2);

        foreach (var request in requests)
        {
            Assert.Contains($"Content-Encoding: {coding}", Ask(server, request), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Requests_SegmentWithConditions_OneMeetsThemAll()
    {
        await using var server = await StartAsync(Documents.Small("env"));
        var requests = WarmUpRequests.Make(server.Environments).First();

        Assert.Contains(requests, request => Ask(server, request).Contains("\"beta\"", StringComparison.Ordinal));
        Assert.Contains(requests, request => Ask(server, request).Contains("\"own\"", StringComparison.Ordinal)); // an identity override
    }

    [Fact]
    public async Task Answers_ClientEnvironment_SameAsTheProxyGives()
    {
        var document = Documents.Small("env");
        await using var server = await StartAsync(document);
        await using var proxy = await TestProxy.ServeAsync(document.ToJsonString());

        var own = Ask(server, WarmUpRequests.Make(server.Environments).First()[0]);

        Assert.EndsWith(await proxy.GetAsync("/api/v1/flags/", "env"), own, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EQUAL", "pro", "pro")]
    [InlineData("IN", "a,b", "a")]
    [InlineData("GREATER_THAN", "5", "6")]
    [InlineData("LESS_THAN_INCLUSIVE", "1.5", "0.5")]
    [InlineData("MODULO", "3|2", "2")]
    [InlineData("GREATER_THAN", "1.2.3:semver", "1.2.3:semver")]
    [InlineData("NOT_EQUAL", "no", "a~")]
    public void Traits_OfACondition_MeetIt(string name, string operand, string expected)
    {
        var document = Documents.Small("env");
        var condition = document["project"]!["segments"]![0]!["rules"]![0]!["conditions"]![0]!;
        condition["operator"] = name;
        condition["value"] = operand;
        var model = EnvironmentDocumentReader.Read(Encoding.UTF8.GetBytes(document.ToJsonString()), new ProblemList(new StepBudget())).Model;

        var value = WarmUpTraits.For(model).First()["plan"];

        Assert.Equal(expected, value.Text);
        Assert.Equal(name is "EQUAL" or "IN" or "NOT_EQUAL" || operand.Contains("semver", StringComparison.Ordinal), value.Kind == ScalarKind.String);
    }

    private static Task<IWarmUpServer> StartAsync(JsonObject document)
    {
        var content = Encoding.UTF8.GetBytes(document.ToJsonString());
        var published = new PublishedEnvironment(content, EdgeProxy.Engine.Compilation.EnvironmentCompiler.Compile(content, default).Snapshot, DateTimeOffset.UnixEpoch);
        return WarmUpServer.StartAsync(new ProxyOptions(), [published]);
    }

    /// <summary>The whole answer, as text.</summary>
    private static string Ask(IWarmUpServer server, byte[] request)
    {
        using var socket = server.Connect();
        socket.Send(request.AsSpan(0, request.Length));
        var answer = new StringBuilder();
        var buffer = new byte[64 * 1024];
        do
        {
            answer.Append(Encoding.Latin1.GetString(buffer, 0, socket.Receive(buffer)));
        }
        while (!IsComplete(answer.ToString()));

        return answer.ToString();
    }

    private static bool IsComplete(string answer)
    {
        const string Length = "Content-Length: ";
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var at = answer.IndexOf(Length, StringComparison.Ordinal) + Length.Length;
        return end >= 0 && answer.Length == end + 4 + int.Parse(answer.AsSpan(at, answer.IndexOf('\r', at) - at), System.Globalization.CultureInfo.InvariantCulture);
    }
}

using System.Text;
using System.Text.Json.Nodes;

namespace EdgeProxy.Conformance.Tests.Golden;

/// <summary>Every recorded request is answered as it was recorded: status, and body by meaning.</summary>
public sealed class GoldenTests(GoldenProxy proxy) : IClassFixture<GoldenProxy>
{
    public static TheoryData<string> Recordings => [.. Recording.Names];

    [Fact]
    public void Recordings_AllThere()
    {
        Assert.Equal(70, Recording.Names.Count);
        Assert.Equal(3618, Recording.Names.Sum(static name => Recording.Read(name).Exchanges.Count()));
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Send_RecordedRequest_AnsweredAlike(string name)
    {
        foreach (var exchange in Recording.Read(name).Exchanges)
        {
            using var request = new HttpRequestMessage(HttpMethod.Parse((string)exchange["method"]!), (string)exchange["target"]!);
            request.Headers.Add("X-Environment-Key", (string)exchange["key"]!);
            if (exchange["body"] is { } body)
            {
                request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            }

            using var response = await proxy.Client.SendAsync(request);

            var answer = await response.Content.ReadAsStringAsync();
            Assert.Equal((int)exchange["status"]!, (int)response.StatusCode);
            Assert.True(
                JsonNode.DeepEquals(exchange["response"], JsonNode.Parse(answer)),
                $"{request.Method} {request.RequestUri} {exchange["body"]?.ToJsonString()}\nExpected: {exchange["response"]?.ToJsonString()}\nActual: {answer}");
        }
    }
}

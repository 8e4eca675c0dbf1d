using System.Text;
using EdgeProxy.Host.Explanations;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Explanations;

/// <summary>docs/spec/explain.md 1.3: requests whose bodies are still on their way take no place from others.</summary>
public sealed class SlowRequestTests
{
    private const string Key = "a-client-side-key";
    private const string Body = """{"identifier":"ada"}""";

    [Fact]
    public async Task Explain_BodiesOfOthersStillArriving_Answered()
    {
        await using var proxy = await TestProxy.ServeAsync(Documents.Small(Key).ToJsonString());
        var slow = new List<RawConnection>();
        try
        {
            for (var i = 0; i < ExplanationQueue.MaxAtOnce; i++)
            {
                var connection = await RawConnection.OpenAsync(proxy.Address);
                slow.Add(connection);
                await connection.SendAsync(Encoding.ASCII.GetBytes(
                    $"POST /proxy/explain HTTP/1.1\r\nHost: localhost\r\nX-Environment-Key: {Key}\r\nExpect: 100-continue\r\nContent-Length: {Body.Length}\r\n\r\n"));
                Assert.Equal(100, (await connection.ReadResponseAsync()).Status); // the server waits for the body
            }

            using var answered = await proxy.SendAsync(HttpMethod.Post, "/proxy/explain", Key, Body);
            Assert.Equal(200, (int)answered.StatusCode);

            foreach (var connection in slow)
            {
                await connection.SendAsync(Encoding.ASCII.GetBytes(Body));
                Assert.Equal(200, (await connection.ReadResponseAsync()).Status);
            }
        }
        finally
        {
            foreach (var connection in slow)
            {
                await connection.DisposeAsync();
            }
        }
    }
}

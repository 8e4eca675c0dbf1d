using System.Text;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Http;

public sealed class PipeliningTests
{
    [Fact]
    public async Task Requests_ManyOnOneConnectionAtOnce_AnsweredInOrder()
    {
        // More than a connection may have in a row before others come first.
        const int Requests = 1000;
        await using var proxy = await TestProxy.ServeAsync(Documents.Small("env").ToJsonString());
        await using var connection = await RawConnection.OpenAsync(proxy.Address);
        var all = new StringBuilder();
        for (var i = 0; i < Requests; i++)
        {
            all.Append($"GET /api/v1/identities/?identifier=user-{i} HTTP/1.1\r\nHost: test\r\nX-Environment-Key: env\r\n\r\n");
        }

        var sending = connection.SendAsync(Encoding.ASCII.GetBytes(all.ToString()));
        for (var i = 0; i < Requests; i++)
        {
            var response = await connection.ReadResponseAsync();
            Assert.Equal(200, response.Status);
            Assert.StartsWith($"{{\"identifier\":\"user-{i}\",", response.Body, StringComparison.Ordinal);
        }

        await sending;
    }
}

using System.Net;
using System.Security.Cryptography.X509Certificates;
using EdgeProxy.Comparison.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EdgeProxy.Tooling.Tests.Comparison;

public sealed class HttpQuestionTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task IsAnswered_AnyProtocol_SentOverThatAndAnsweredEachTime(bool hasTls, bool isHttp2)
    {
        using var certificate = X509Certificate2.CreateFromPem(MeasuredCertificate.Pem, MeasuredCertificate.Pem);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = isHttp2 ? HttpProtocols.Http2 : HttpProtocols.Http1;
            if (hasTls)
            {
                listen.UseHttps(certificate);
            }
        }));
        await using var server = builder.Build();
        var spoken = new List<string>();
        server.Run(context =>
        {
            spoken.Add(context.Request.Protocol);
            return Task.CompletedTask;
        });
        await server.StartAsync();
        var address = new Uri(server.Urls.Single());
        var question = new HttpQuestion("/", Key: null) { Protocol = new ClientProtocol { HasTls = hasTls, IsHttp2 = isHttp2 } };

        Assert.Equal(question.Protocol.Scheme, address.Scheme);
        Assert.True(await question.IsAnsweredAsync(address));
        Assert.True(await question.IsAnsweredAsync(address));
        Assert.Equal(2, spoken.Count);
        Assert.All(spoken, protocol => Assert.Equal(isHttp2 ? "HTTP/2" : "HTTP/1.1", protocol));
    }
}

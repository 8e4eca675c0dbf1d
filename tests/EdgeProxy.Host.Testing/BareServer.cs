using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeProxy.Host.Testing;

/// <summary>The least a Kestrel server can do: it reads the body and writes so many bytes.</summary>
internal sealed class BareServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly byte[] _answer;

    private BareServer(WebApplication application, int answerBytes)
    {
        _application = application;
        _answer = new byte[answerBytes];
        application.Run(AnswerAsync);
    }

    /// <summary>The address.</summary>
    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Starts one.</summary>
    /// <param name="answerBytes">The length of its responses, in bytes.</param>
    /// <param name="listen">The protocol; HTTP/1.1 without TLS by default.</param>
    public static async Task<BareServer> StartAsync(int answerBytes, Action<ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen ?? (static _ => { })));
        var server = new BareServer(builder.Build(), answerBytes);
        await server._application.StartAsync();
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.ContentLength > 0)
        {
            var reader = context.Request.BodyReader;
            var result = await reader.ReadAtLeastAsync((int)context.Request.ContentLength);
            reader.AdvanceTo(result.Buffer.End);
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = _answer.Length;
        await context.Response.BodyWriter.WriteAsync(_answer);
    }
}

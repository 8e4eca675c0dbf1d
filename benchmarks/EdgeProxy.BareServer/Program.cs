// The least that a Kestrel server can do for a request: read the body to its end, write so many bytes that were there before;
// or hold an event stream open, below /sse.
// Usage: EdgeProxy.BareServer PORT BYTES [http2 | PEM FILE]
// It speaks HTTP/1.1; HTTP/2 in clear text; or, with the certificate and the key of the file, both over TLS.
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

// The same transport as EdgeProxy has.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

var port = int.Parse(args[0], CultureInfo.InvariantCulture);
var answer = new byte[int.Parse(args[1], CultureInfo.InvariantCulture)];
answer.AsSpan().Fill((byte)'x');
var spoken = args.Length > 2 ? args[2] : "";
using var certificate = spoken.EndsWith(".pem", StringComparison.Ordinal) ? X509Certificate2.CreateFromPemFile(spoken) : null;

var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore();
builder.WebHost.UseSockets(static sockets => sockets.UnsafePreferInlineScheduling = true);
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Listen(IPAddress.Loopback, port, Speak);
});

await using var application = builder.Build();
application.Run(context => context.Request.Path.StartsWithSegments("/sse", StringComparison.Ordinal) ? HoldAsync(context)
    : context.Request.ContentLength > 0 ? ReadAndAnswerAsync(context) : Answer(context));
await application.RunAsync();

void Speak(ListenOptions listen)
{
    listen.Protocols = spoken.Length == 0 ? HttpProtocols.Http1 : HttpProtocols.Http2;
    if (certificate is not null)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        var tls = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        };
        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls) });
    }
}

// An event stream on which nothing happens.
async Task HoldAsync(HttpContext context)
{
    context.Response.ContentType = "text/event-stream";
    await context.Response.Body.WriteAsync(":\n\n"u8.ToArray());
    await context.Response.Body.FlushAsync();
    var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    await using var registration = context.RequestAborted.UnsafeRegister(static gone => ((TaskCompletionSource)gone!).TrySetResult(), gone);
    await gone.Task;
}

Task Answer(HttpContext context)
{
    context.Response.ContentType = "application/json";
    context.Response.ContentLength = answer.Length;
    return context.Response.Body.WriteAsync(answer, 0, answer.Length);
}

async Task ReadAndAnswerAsync(HttpContext context)
{
    while (true)
    {
        var result = await context.Request.BodyReader.ReadAsync();
        context.Request.BodyReader.AdvanceTo(result.Buffer.End);
        if (result.IsCompleted)
        {
            break;
        }
    }

    await Answer(context);
}

// The least that a Kestrel server can do for a request: read the body to its end, write so many bytes that were there before;
// or hold an event stream open, below /sse.
// Usage: EdgeProxy.BareServer PORT BYTES
using System.Globalization;
using System.Net;

// The same transport as EdgeProxy has.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

var port = int.Parse(args[0], CultureInfo.InvariantCulture);
var answer = new byte[int.Parse(args[1], CultureInfo.InvariantCulture)];
answer.AsSpan().Fill((byte)'x');

var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore();
builder.WebHost.UseSockets(static sockets => sockets.UnsafePreferInlineScheduling = true);
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Listen(IPAddress.Loopback, port);
});

await using var application = builder.Build();
application.Run(context => context.Request.Path.StartsWithSegments("/sse", StringComparison.Ordinal) ? HoldAsync(context)
    : context.Request.ContentLength > 0 ? ReadAndAnswerAsync(context) : Answer(context));
await application.RunAsync();

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

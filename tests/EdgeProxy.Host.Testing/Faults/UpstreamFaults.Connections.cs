using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeProxy.Host.Testing.Faults;

/// <content>Faults of the connection.</content>
internal static partial class UpstreamFaults
{
    private static readonly TimeSpan NowAndThen = TimeSpan.FromMilliseconds(2);

    private static IEnumerable<UpstreamFault> Connections()
    {
        const string Failed = "connection (reset|closed)|connection to .* failed|closed the connection|is not HTTP|headers that are too large";
        const string FailedOrBroken = $"{Failed}|the answer broke off";
        yield return new("reset before the head", Failed, static (context, _) => ResetAsync(context, ""));
        yield return new("reset inside the head", Failed, static (context, _) => ResetAsync(context, "HTTP/1.1 200 OK\r\nContent-Ty"));
        yield return new("reset inside the body", FailedOrBroken, static (context, _) =>
            ResetAsync(context, "HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n{\"api_key\":"));
        yield return new("not HTTP", Failed, static (context, _) => WriteRawAsync(context, "\u0001\u0002 what did you say?\r\n\r\n"));
        yield return new("a head without end", Failed, static (context, _) =>
            WriteRawAsync(context, $"HTTP/1.1 200 OK\r\nX-Long: {new string('x', 1024 * 1024)}"));
        yield return new("chunks that are none", FailedOrBroken, static (context, _) =>
            WriteRawAsync(context, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n"));
        yield return new("hangs before the head", "no answer within", static (context, _) => UntilGivenUpAsync(context)) { HangsAt = 1 };
        yield return new("hangs after the head", "no answer within", static (context, _) =>
            WriteRawAsync(context, "HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n{\"api_key\":"))
        { HangsAt = 1 };
        yield return new("drips its body", "no answer within", static (context, _) =>
            DripAsync(context, "HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n", " "))
        { HangsAt = 1 };
        yield return new("drips heads that announce others", "no answer within", static (context, _) =>
            DripAsync(context, "", "HTTP/1.1 102 Processing\r\n\r\n"))
        { HangsAt = 1 };
    }

    /// <summary>Writes past the server, which would keep to HTTP, and leaves it to the other side to end it.</summary>
    public static async Task WriteRawAsync(HttpContext context, string text, ReadOnlyMemory<byte> body = default)
    {
        var output = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output;
        await output.WriteAsync(Encoding.Latin1.GetBytes(text));
        await output.WriteAsync(body);
        await UntilGivenUpAsync(context);
    }

    private static async Task ResetAsync(HttpContext context, string text)
    {
        var output = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output;
        await output.WriteAsync(Encoding.Latin1.GetBytes(text));
        context.Abort();
    }

    private static async Task DripAsync(HttpContext context, string head, string drop)
    {
        var output = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output;
        await output.WriteAsync(Encoding.Latin1.GetBytes(head));
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await output.WriteAsync(Encoding.Latin1.GetBytes(drop));
            await Task.Delay(NowAndThen, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        context.Abort();
    }

    private static async Task UntilGivenUpAsync(HttpContext context)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }
}

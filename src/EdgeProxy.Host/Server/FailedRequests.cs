using EdgeProxy.Host.Http;
using EdgeProxy.Host.Logging;
using Microsoft.AspNetCore.Connections;
using Microsoft.Net.Http.Headers;

namespace EdgeProxy.Host.Server;

/// <summary>Answers requests whose handler threw an exception. Nothing of the exception is sent to a client.</summary>
internal sealed partial class FailedRequests
{
    private readonly ILogger<FailedRequests> _logger;

    public FailedRequests(ILogger<FailedRequests> logger)
    {
        _logger = logger;
    }

    /// <summary>Answers a request, unless its client disconnected.</summary>
    public Task AnswerAsync(Exchange exchange, Exception exception)
    {
        // Kestrel also throws IOException for a malformed body: a chunk of more than 2 GB.
        if (exception is BadHttpRequestException or IOException and not ConnectionResetException)
        {
            // Kestrel detected while the body was read that it is malformed, too slow, or incomplete because the client
            // disconnected. The start of the next request is unknown, and unless the connection is closed Kestrel looks for
            // it all the same.
            exchange.AskToReconnect();
            return AnswerAsync(exchange, (exception as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest);
        }

        if (exchange.Aborted.IsCancellationRequested || exception is ConnectionResetException or OperationCanceledException)
        {
            // The client disconnected; a read may be the first to notice. Without this Kestrel would continue to read the rest of the body.
            exchange.Abort();
            return Task.CompletedTask;
        }

        Log.Failed(_logger, exception, exchange.Method, exchange.Route.Name);
        return AnswerAsync(exchange, StatusCodes.Status500InternalServerError);
    }

    private static Task AnswerAsync(Exchange exchange, int status)
    {
        if (exchange.HasStarted)
        {
            exchange.Abort();
            return Task.CompletedTask;
        }

        exchange.ResponseHeaders.Remove(HeaderNames.ContentEncoding);
        return status == StatusCodes.Status500InternalServerError
            ? SdkErrors.InternalError(exchange)
            : SdkErrors.BadRequest(exchange, status);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.RequestFailed, LogLevel.Error, "{Method} {Endpoint} failed with an unexpected error; the client got 500. Please report this with the exception")]
        public static partial void Failed(ILogger logger, Exception exception, string method, string endpoint);
    }
}

using EdgeProxy.Host.Http;
using EdgeProxy.Host.Logging;
using Microsoft.AspNetCore.Connections;
using Microsoft.Net.Http.Headers;

namespace EdgeProxy.Host.Server;

/// <summary>Answers requests whose handling threw an exception. Nothing of the exception reaches a client.</summary>
internal sealed partial class FailedRequests
{
    private readonly ILogger<FailedRequests> _logger;

    public FailedRequests(ILogger<FailedRequests> logger)
    {
        _logger = logger;
    }

    /// <summary>Answers a request, if its client is still there.</summary>
    public Task AnswerAsync(Exchange exchange, Exception exception)
    {
        // An IOException is the other way in which Kestrel says that a body is malformed: a chunk of more than 2 GB.
        if (exception is BadHttpRequestException or IOException and not ConnectionResetException)
        {
            // Kestrel found out while the body was read that it is malformed, too slow, or incomplete because the client is
            // gone. Where the next request starts nobody knows, and unless this is the last Kestrel looks for it all the same.
            exchange.AskToReconnect();
            return AnswerAsync(exchange, (exception as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest);
        }

        if (exchange.Aborted.IsCancellationRequested || exception is ConnectionResetException or OperationCanceledException)
        {
            // The client is gone; a read may be the first to learn of it. Without this Kestrel reads on for the rest of the body.
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
        [LoggerMessage(EventIds.RequestFailed, LogLevel.Error, "{Method} {Endpoint} failed with an unexpected error; the client got 500")]
        public static partial void Failed(ILogger logger, Exception exception, string method, string endpoint);
    }
}

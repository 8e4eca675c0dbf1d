using EdgeProxy.Host.Upstream;
using EdgeProxy.Host.Upstream.Failures;
using EdgeProxy.Host.Upstream.Streams;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>Opens a stream of changes, if there is a streaming service.</summary>
internal static class StreamCheck
{
    private const string Name = "stream";

    /// <summary>Runs the check with the first environment.</summary>
    public static async Task RunAsync(CheckContext context, CheckReport report, CancellationToken cancellationToken)
    {
        var options = context.Options;
        if (options.UpstreamStreams.Url is null || options.EnvironmentKeyPairs is not [var pair, ..])
        {
            return;
        }

        using var client = UpstreamClient.CreateForStreams(options.Upstream, context.Variable);
        var sender = new UpstreamSender(client, options.Upstream, TimeProvider.System, new ClockWatch(TimeProvider.System, NullLogger<ClockWatch>.Instance));
        var connection = new StreamConnection(client, sender, options.Upstream, TimeProvider.System);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(options.Upstream.ApiPollTimeout);
        var isOpen = false;
        var result = await connection.RunAsync(
            options.UpstreamStreams.UrlOf(pair.ClientSideKey),
            () =>
            {
                isOpen = true;
                end.Cancel();
            },
            static _ => true,
            end.Token);
        cancellationToken.ThrowIfCancellationRequested();
        var origin = UpstreamUrl.Origin(options.UpstreamStreams.Url);
        if (isOpen)
        {
            report.Ok(Name, $"{origin} announces changes");
        }
        else
        {
            report.Failure(
                Name,
                $"{origin}: {result.Message ?? $"no answer within {options.Upstream.ApiPollTimeout.TotalSeconds} s"}",
                "Until a stream is open, changes wait for the next poll. Without a streaming service, remove realtime.url");
        }
    }
}

using EdgeProxy.Host.Server;
using EdgeProxy.Host.Upstream;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>Checks the addresses that data is sent to, without sending any.</summary>
internal static class SendCheck
{
    /// <summary>Runs the check.</summary>
    public static async Task RunAsync(CheckContext context, CheckReport report, CancellationToken cancellationToken)
    {
        var options = context.Options;
        using var client = UpstreamClient.Create(options.Upstream, context.Variable);
        if (options.Analytics.IsEnabled && options.EnvironmentKeyPairs is [var pair, ..])
        {
            await CheckAsync(client, options, report, "analytics", options.Upstream.UrlOf("analytics/flags/"), "api_url", pair.ClientSideKey, "If this API takes no counts of evaluations, set analytics.enabled to false", cancellationToken);
        }

        if (options.Events.ApiUrl is { } events)
        {
            await CheckAsync(client, options, report, "events", new Uri($"{events.AbsoluteUri.TrimEnd('/')}/v1/events"), "events.api_url", key: null, "Check events.api_url, which has no path: https://events.api.flagsmith.com is Flagsmith's", cancellationToken);
        }
    }

    private static async Task CheckAsync(
        HttpClient client, ProxyOptions options, CheckReport report, string check, Uri url, string setting, string? key, string advice, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Upstream.ApiPollTimeout);
        try
        {
            // A GET changes nothing: where POST is taken, the answer is usually 405.
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            if (key is not null)
            {
                request.Headers.TryAddWithoutValidation("X-Environment-Key", key);
            }

            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var status = (int)response.StatusCode;
            if (status == StatusCodes.Status404NotFound)
            {
                report.Warning(check, $"{UpstreamUrl.Show(url)} returned HTTP 404: what SDKs send there is lost", advice);
            }
            else
            {
                report.Ok(check, $"{UpstreamUrl.Show(url)} exists");
            }
        }
        catch (HttpRequestException exception)
        {
            report.Failure(check, $"{UpstreamUrl.Show(url)}: {ConnectionFailure.Of(exception, url, setting).Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            report.Failure(check, $"{UpstreamUrl.Show(url)}: no answer within {options.Upstream.ApiPollTimeout.TotalSeconds} s");
        }
    }
}

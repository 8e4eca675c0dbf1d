using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Analytics;

/// <summary>Tells the upstream of evaluations that SDKs counted (docs/spec/analytics.md 2.1).</summary>
internal sealed class FlagAnalyticsSender
{
    private readonly UpstreamSender _sender;
    private readonly TimeSpan _timeout;
    private readonly Uri _url;
    private readonly Uri? _evaluationsUrl;

    public FlagAnalyticsSender(UpstreamSender sender, UpstreamOptions options)
    {
        _sender = sender;
        _timeout = options.SendTimeout;
        _url = options.UrlOf("analytics/flags/");
        _evaluationsUrl = options.EvaluationsUrl;
    }

    /// <summary>The address that counts go to, for the log.</summary>
    public string ShownUrlOf(IAnalyticsBatch batch) => UpstreamUrl.Show(UrlOf(batch));

    /// <summary>Sends counts once.</summary>
    /// <param name="clientSideKey">The environment.</param>
    /// <param name="batch">The counts.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="UpstreamException">There was no answer.</exception>
    public Task<FlagAnalyticsAnswer> SendAsync(string clientSideKey, IAnalyticsBatch batch, CancellationToken cancellationToken)
    {
        var request = new UpstreamRequest(HttpMethod.Post, UrlOf(batch))
        {
            Headers = LabelHeaders.Of(clientSideKey, batch.Labels),
            Body = batch.ToBody(),
            Timeout = _timeout,
            FollowsRedirects = false,
        };
        return _sender.SendAsync(
            request, (response, _) => Task.FromResult(new FlagAnalyticsAnswer((int)response.StatusCode, _sender.RetryAfterOf(response))), cancellationToken);
    }

    private Uri UrlOf(IAnalyticsBatch batch) => batch is EvaluationBatch && _evaluationsUrl is not null ? _evaluationsUrl : _url;
}

using EdgeProxy.Host.Upstream.Failures;
using EdgeProxy.Host.Usage;

namespace EdgeProxy.Host.Upstream.Usage;

/// <summary>Sends usage reports to the upstream (docs/spec/upstream-api.md 5.2).</summary>
internal sealed class UsageSender
{
    private readonly UpstreamSender _sender;
    private readonly Uri _url;
    private readonly string? _proxyKey;

    public UsageSender(UpstreamSender sender, UpstreamOptions options)
    {
        _sender = sender;
        _url = options.UrlOf("proxy/usage/");
        _proxyKey = options.ProxyKey;
    }

    /// <summary>The URL of reports.</summary>
    public Uri Url => _url;

    /// <summary>Sends a batch once.</summary>
    /// <returns>The status of a permanent rejection; null if the batch was accepted.</returns>
    /// <exception cref="UpstreamException">The outcome is unknown: the batch must be sent again.</exception>
    public Task<int?> SendAsync(UsageBatch batch, CancellationToken cancellationToken)
    {
        var request = new UpstreamRequest(HttpMethod.Post, _url)
        {
            Headers = [("X-Proxy-Key", _proxyKey), ("Idempotency-Key", batch.IdempotencyKey)],
            Body = batch.Body,
        };
        return _sender.SendAsync(request, (response, _) => Task.FromResult(Read(response)), cancellationToken);
    }

    private int? Read(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        >= 200 and < 300 => null,
        >= 400 and < 500 and var status => status,
        _ => throw _sender.UnexpectedStatus(response),
    };
}

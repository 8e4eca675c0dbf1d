using EdgeProxy.Host.Traits;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Traits;

/// <summary>Sends identities to the API (docs/spec/traits.md 2.2).</summary>
internal sealed class TraitSender
{
    private readonly UpstreamSender _sender;
    private readonly TimeSpan _timeout;
    private readonly Uri _url;

    public TraitSender(UpstreamSender sender, UpstreamOptions options)
    {
        _sender = sender;
        _timeout = options.SendTimeout;
        _url = options.UrlOf("identities/");
        ShownUrl = UpstreamUrl.Show(_url);
    }

    /// <summary>The address that identities go to, for the log.</summary>
    public string ShownUrl { get; }

    /// <summary>Sends an identity once. The body of the answer, its flags, is not read.</summary>
    /// <exception cref="UpstreamException">There was no answer.</exception>
    public Task<TraitAnswer> SendAsync(PendingCall call, CancellationToken cancellationToken)
    {
        var request = new UpstreamRequest(HttpMethod.Post, _url)
        {
            Headers = LabelHeaders.Of(call.Source.Key, call.Labels),
            Body = call.ToBody(),
            Timeout = _timeout,
            FollowsRedirects = false,
        };
        return _sender.SendAsync(
            request, (response, _) => Task.FromResult(new TraitAnswer((int)response.StatusCode, _sender.RetryAfterOf(response))), cancellationToken);
    }
}

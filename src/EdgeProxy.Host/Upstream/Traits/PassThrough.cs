using EdgeProxy.Host.Traits;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Traits;

/// <summary>Passes requests through to the API, with the key of the client and no other (docs/spec/traits.md 1.4).</summary>
internal sealed class PassThrough : IPassThrough
{
    private const string EdgeApiHost = "edge.api.flagsmith.com";

    private readonly UpstreamSender _sender;
    private readonly UpstreamOptions _options;

    public PassThrough(UpstreamSender sender, UpstreamOptions options)
    {
        _sender = sender;
        _options = options;
    }

    /// <inheritdoc/>
    public bool IsEdgeApi =>
        _options.ApiUrl.Host.Equals(EdgeApiHost, StringComparison.OrdinalIgnoreCase)
        || _options.ApiUrl.Host.EndsWith($".{EdgeApiHost}", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public Task<PassThroughAnswer?> SendAsync(PassThroughRequest request) => UpstreamThreads.RunAsync(() => TrySendAsync(request));

    private async Task<PassThroughAnswer?> TrySendAsync(PassThroughRequest request)
    {
        var message = new UpstreamRequest(new HttpMethod(request.Method), _options.UrlOf(request.Path))
        {
            Headers = LabelHeaders.Of(request.Key, request.Labels),
            Body = request.Body,
            FollowsRedirects = false,
        };
        try
        {
            // Not cancelled when the client goes: the API may be half done.
            return await _sender.SendAsync(message, ReadAsync, CancellationToken.None);
        }
        catch (UpstreamException)
        {
            return null;
        }
    }

    /// <summary>Reads an answer; null for a redirect, or one that is too long.</summary>
    private static async Task<PassThroughAnswer?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
        {
            return null;
        }

        return await AnswerBody.ReadAsync(response.Content, cancellationToken) is { } body
            ? new PassThroughAnswer(status, response.Content.Headers.ContentType?.ToString() ?? "", response.Headers.RetryAfter?.ToString() ?? "", body)
            : null;
    }
}

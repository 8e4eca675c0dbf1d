using System.Security.Cryptography;
using System.Text;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>POST /proxy/webhook</c> (docs/spec/realtime.md 3): a webhook of Flagsmith announces changes.</summary>
internal sealed class WebhookEndpoint : OpenEndpoint, IEndpointDefinition
{
    private const string SignatureHeader = "X-Flagsmith-Signature";
    private const string Because = "a webhook announced a change";
    private const int MaxBodyBytes = 1024 * 1024;

    // The signature is known to be right only when the whole body is there: until then, anyone may be sending it.
    private const int MaxAtOnce = 16;

    private static readonly byte[] Accepted = "{}"u8.ToArray();

    private readonly EnvironmentRegistry _registry;
    private readonly RefreshOfAll _refreshOfAll;
    private readonly ServerMetrics _metrics;
    private readonly byte[]? _secret;
    private int _reading;

    public WebhookEndpoint(RealtimeOptions options, EnvironmentRegistry registry, RefreshOfAll refreshOfAll, ServerMetrics metrics)
    {
        _secret = options.WebhookSecret is { } secret ? Encoding.UTF8.GetBytes(secret) : null;
        _registry = registry;
        _refreshOfAll = refreshOfAll;
        _metrics = metrics;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("webhook", "/proxy/webhook", EndpointSurface.Sdk)
    {
        Methods = EndpointMethods.Post,
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    public override bool IsEnabled => _secret is not null;

    /// <inheritdoc/>
    public override async Task AnswerAsync(Exchange exchange)
    {
        var signature = exchange.RequestHeaders[SignatureHeader].ToString();
        if (signature.Length != HMACSHA256.HashSizeInBytes * 2)
        {
            await SdkErrors.InvalidCredential(exchange, "Invalid signature");
            return;
        }

        if (Interlocked.Increment(ref _reading) > MaxAtOnce)
        {
            Interlocked.Decrement(ref _reading);
            await SdkErrors.Overloaded(exchange);
            return;
        }

        try
        {
            await ReadAndAnswerAsync(exchange, signature);
        }
        finally
        {
            Interlocked.Decrement(ref _reading);
        }
    }

    private async Task ReadAndAnswerAsync(Exchange exchange, string signature)
    {
        if (await RequestBody.ReadAsync(exchange, MaxBodyBytes) is not { } body)
        {
            await SdkErrors.BodyTooLarge(exchange, MaxBodyBytes);
            return;
        }

        // On the thread pool: hashing and reading up to a megabyte would hold up the other connections of this thread.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (!Secrets.AreEqual(signature, Convert.ToHexStringLower(HMACSHA256.HashData(_secret!, body))))
        {
            await SdkErrors.InvalidCredential(exchange, "Invalid signature");
            return;
        }

        if (WebhookEvent.Read(body) is not { } announced)
        {
            await SdkErrors.InvalidChange(exchange, "The body must be an object in JSON");
            return;
        }

        Announce(announced);
        await ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, Accepted);
    }

    private void Announce(WebhookEvent announced)
    {
        if (announced.EnvironmentId is not { } id)
        {
            _refreshOfAll.Request(Because);
            return;
        }

        var isKnown = false;
        foreach (var environment in _registry.Environments)
        {
            if (environment.Current?.Document.EnvironmentId == id)
            {
                environment.Announce(updatedAt: null, ChangeSource.Webhook, Because);
                isKnown = true;
            }
        }

        if (!isKnown)
        {
            _metrics.ChangeIgnored();
        }
    }
}

using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Metrics;

namespace EdgeProxy.Host.Endpoints;

/// <summary>
/// <c>POST /sse/environments/&lt;client-side key&gt;/queue-change</c> (docs/spec/realtime.md 2): the Flagsmith API announces
/// a change of an environment, as it does to its own streaming service.
/// </summary>
internal sealed class QueueChangeEndpoint : OpenEndpoint, IEndpointDefinition
{
    private const string Path = "/sse/environments/{key}/queue-change";
    private const string Scheme = "Token ";
    private const int MaxBodyBytes = 4 * 1024;

    private static readonly PathPattern Pattern = new(Path);
    private static readonly byte[] Accepted = "{}"u8.ToArray();

    private readonly EnvironmentRegistry _registry;
    private readonly ServerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly string? _token;

    public QueueChangeEndpoint(RealtimeOptions options, EnvironmentRegistry registry, ServerMetrics metrics, TimeProvider time)
    {
        _token = options.Token;
        _registry = registry;
        _metrics = metrics;
        _time = time;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("queue-change", Path, EndpointSurface.Sdk)
    {
        Methods = EndpointMethods.Post,
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    public override bool IsEnabled => _token is not null;

    /// <inheritdoc/>
    public override async Task AnswerAsync(Exchange exchange)
    {
        if (!IsAllowed(exchange.RequestHeaders.Authorization.ToString()))
        {
            await SdkErrors.InvalidCredential(exchange, "Invalid token");
            return;
        }

        if (await RequestBody.ReadAsync(exchange, MaxBodyBytes) is not { } body)
        {
            await SdkErrors.BodyTooLarge(exchange, MaxBodyBytes);
            return;
        }

        if (!ChangeTime.TryRead(body, out var time))
        {
            await SdkErrors.InvalidChange(exchange, "updated_at must be a date and time, or seconds since 1970");
            return;
        }

        if (time is not null && ChangeTime.IsPlausible(time.Value, _time.GetUtcNow()))
        {
            Announce(Pattern.DecodeParameterOf(exchange.RawTarget), time.Value);
        }

        await ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, Accepted);
    }

    private bool IsAllowed(string authorization) =>
        authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && Secrets.AreEqual(authorization.AsSpan(Scheme.Length).Trim(), _token);

    /// <summary>A project has environments that this proxy need not serve: one that it does not know is no mistake of the sender's.</summary>
    private void Announce(string key, DateTimeOffset time)
    {
        if (_registry.Find(key) is { Audience: FlagAudience.Client } binding)
        {
            binding.Environment.Announce(new AnnouncedChange(ChangeSource.Push, time) { Timestamp = _time.GetTimestamp() }, "the API announced a change");
        }
        else
        {
            _metrics.ChangeIgnored();
        }
    }
}

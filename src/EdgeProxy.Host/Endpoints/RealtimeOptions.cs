using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Endpoints;

/// <summary>Options of real-time updates: the credentials of announced changes.</summary>
internal sealed record RealtimeOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<RealtimeOptions> Settings = new(
        new TypedSetting<RealtimeOptions, string?>("realtime.token", new TextForm(), static o => o.Token, static (o, v) => o with { Token = v })
        {
            IsSecret = true,
            Meaning = "the token with which the Flagsmith API announces changes to `POST /sse/environments/<client-side key>/queue-change`, as `Authorization: Token <token>`: the API's `SSE_AUTHENTICATION_TOKEN`. Without one the path is 404",
        },
        new TypedSetting<RealtimeOptions, string?>("realtime.webhook_secret", new TextForm(), static o => o.WebhookSecret, static (o, v) => o with { WebhookSecret = v })
        {
            IsSecret = true,
            Meaning = "the secret of Flagsmith's webhook that announces changes to `POST /proxy/webhook`; its signature is checked. Without one the path is 404",
        });

    /// <summary>The token of the Flagsmith API; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>The secret of the webhook; null for none.</summary>
    public string? WebhookSecret { get; init; }
}

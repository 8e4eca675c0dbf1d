using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Operations;

/// <summary>Options of what is for operators only.</summary>
internal sealed record OperatorOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<OperatorOptions> Settings = new(
        new TypedSetting<OperatorOptions, string?>("server.admin_token", new TextForm(), static o => o.Token, static (o, v) => o with { Token = v })
        {
            IsSecret = true,
            Meaning = "the token that requests for `GET /proxy/environments` must send as `Authorization: Bearer <token>`; without one, only requests from the machine itself are answered",
        });

    /// <summary>The token of operators; null: only requests from the machine itself are answered.</summary>
    public string? Token { get; init; }
}

using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Http.Identities;

/// <summary>Limits of identity requests.</summary>
internal sealed record IdentityOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<IdentityOptions> Settings = new(
        new TypedSetting<IdentityOptions, int>("limits.max_traits", new IntegerForm(1, 10_000_000), static o => o.MaxTraits, static (o, v) => o with { MaxTraits = v })
        {
            Meaning = "the largest number of traits of a request; more get 422",
        },
        new TypedSetting<IdentityOptions, int>(
            "server.max_request_body_bytes", new IntegerForm(1, int.MaxValue / 2), static o => o.MaxRequestBodyBytes, static (o, v) => o with { MaxRequestBodyBytes = v })
        {
            Unit = "bytes",
            Meaning = "the largest request body; larger ones get 413",
        });

    /// <summary>The maximum number of traits in a request. Default 1,000.</summary>
    public int MaxTraits { get; init; } = 1000;

    /// <summary>The maximum size of a request body, in bytes. Default 1 MiB.</summary>
    public int MaxRequestBodyBytes { get; init; } = 1024 * 1024;
}

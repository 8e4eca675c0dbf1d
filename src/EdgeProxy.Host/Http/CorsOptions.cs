using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Http;

/// <summary>Options of cross-origin requests.</summary>
internal sealed record CorsOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<CorsOptions> Settings = new(
        new TypedSetting<CorsOptions, IReadOnlyList<string>>("allow_origins", new ListForm(), static o => o.AllowOrigins, static (o, v) => o with { AllowOrigins = v })
        {
            Meaning = "the origins that browsers may send requests from: a list, or one; `*` is any",
        });

    /// <summary>The origins that browsers may send requests from; <c>*</c> is any.</summary>
    public IReadOnlyList<string> AllowOrigins { get; init; } = ["*"];
}

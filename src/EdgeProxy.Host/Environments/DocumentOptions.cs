using EdgeProxy.Engine.Rendering;
using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Environments;

/// <summary>Options of environment documents: limits, and the rendering of flags.</summary>
internal sealed record DocumentOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<DocumentOptions> Settings = new(
        new TypedSetting<DocumentOptions, int>(
            "limits.max_document_bytes", new IntegerForm(1024, int.MaxValue / 2), static o => o.MaxDocumentBytes, static (o, v) => o with { MaxDocumentBytes = v })
        {
            Unit = "bytes",
            Meaning = "the largest document that is accepted from the API, uncompressed, all pages together",
        },
        new TypedSetting<DocumentOptions, int?>(
            "limits.max_features_lost_percent",
            new OptionalForm<int>(new IntegerForm(0, 100)),
            static o => o.MaxFeaturesLostPercent,
            static (o, v) => o with { MaxFeaturesLostPercent = v })
        {
            Unit = "percent",
            Meaning = "reject a new document that lacks more than this share of the features that are served; null: never",
        },
        new TypedSetting<DocumentOptions, FlagDetails>(
            "flags.details",
            new ChoiceForm<FlagDetails>(("full", FlagDetails.Full), ("none", FlagDetails.None)),
            static o => o.FlagDetails,
            static (o, v) => o with { FlagDetails = v })
        {
            Meaning = "`full`: flags of identities have `variant`, `reason` and, where there is any, `metadata`, and environment flags `metadata`; `none`: only the members that the Flagsmith Edge Proxy sends",
        });

    /// <summary>The maximum size of a document, in bytes after decompression, all pages together. Default 100 MiB.</summary>
    public int MaxDocumentBytes { get; init; } = 100 * 1024 * 1024;

    /// <summary>
    /// The share of the current features that a new document may lack, in percent; null for no limit. Default null.
    /// </summary>
    public int? MaxFeaturesLostPercent { get; init; }

    /// <summary>The optional members of flags. Default full.</summary>
    public FlagDetails FlagDetails { get; init; } = FlagDetails.Full;
}

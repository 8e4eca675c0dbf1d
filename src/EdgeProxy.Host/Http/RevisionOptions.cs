using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Http;

/// <summary>Options of the header with the revision of the document.</summary>
internal sealed record RevisionOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<RevisionOptions> Settings = new(
        new TypedSetting<RevisionOptions, bool>("server.revision_header", new BooleanForm(), static o => o.IsSent, static (o, v) => o with { IsSent = v })
        {
            Meaning = "send `X-EdgeProxy-Revision` with answers to SDKs: the revision of the environment's document that the answer was made from, as `/proxy/environments`, `/proxy/explain` and the log have it",
        });

    /// <summary>Indicates whether the header is sent. Default false.</summary>
    public bool IsSent { get; init; }
}

using EdgeProxy.Engine.Rendering.Ofrep;
using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Http.Ofrep;

/// <summary>Options of OFREP.</summary>
internal sealed record OfrepOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<OfrepOptions> Settings = new(
        new TypedSetting<OfrepOptions, bool>("ofrep.enabled", new BooleanForm(), static o => o.IsEnabled, static (o, v) => o with { IsEnabled = v })
        {
            Meaning = "whether OpenFeature providers are served under `/ofrep/v1/`; if not, the paths are 404",
        },
        new TypedSetting<OfrepOptions, bool>(
            "ofrep.return_value_for_disabled_flags",
            new BooleanForm(),
            static o => o.ReturnValueForDisabledFlags,
            static (o, v) => o with { ReturnValueForDisabledFlags = v })
        {
            Meaning = "whether a disabled flag that has a value is answered with the value; if not, the value is left out and the caller gets the default in its code",
        },
        new TypedSetting<OfrepOptions, StringParsing>(
            "ofrep.parse_strings",
            new ChoiceForm<StringParsing>(("none", StringParsing.None), ("objects", StringParsing.Objects), ("numbers", StringParsing.Numbers)),
            static o => o.ParseStrings,
            static (o, v) => o with { ParseStrings = v })
        {
            Meaning = "which string values are sent as what they spell: `none`; `objects`: JSON objects and arrays; `numbers`: also numbers. Asking for such a flag as a string is then a type error",
        },
        new TypedSetting<OfrepOptions, bool>(
            "ofrep.response_metadata", new BooleanForm(), static o => o.HasResponseMetadata, static (o, v) => o with { HasResponseMetadata = v })
        {
            Meaning = "whether answers with all flags have `metadata` with the time of the document; every change of any flag then changes every entity tag, and the Kotlin provider rejects the answer",
        },
        new TypedSetting<OfrepOptions, bool>(
            "ofrep.count_evaluations", new BooleanForm(), static o => o.CountsEvaluations, static (o, v) => o with { CountsEvaluations = v })
        {
            Meaning = "whether an evaluation of a single flag counts as one in flag analytics",
        },
        new TypedSetting<OfrepOptions, EventStreamOffer>(
            "ofrep.event_streams",
            new ChoiceForm<EventStreamOffer>(("auto", EventStreamOffer.Auto), ("always", EventStreamOffer.Always), ("never", EventStreamOffer.Never)),
            static o => o.EventStreams,
            static (o, v) => o with { EventStreams = v })
        {
            Meaning = "which answers with all flags offer an event stream, by which clients learn of changes: `auto`: those to browsers, since other clients do not use it and the Kotlin provider rejects it; `always`; `never`: none, and `/ofrep/v1/events` is 404",
        },
        new TypedSetting<OfrepOptions, Uri?>("ofrep.public_url", new OptionalUrlForm(), static o => o.PublicUrl, static (o, v) => o with { PublicUrl = v })
        {
            Meaning = "the root of the proxy as clients see it, if event streams are to be opened at another address than that of the requests; null: the same",
        },
        new TypedSetting<OfrepOptions, TimeSpan>(
            "ofrep.stream_max_age_seconds", new SecondsForm(zeroAllowed: true), static o => o.MaxStreamAge, static (o, v) => o with { MaxStreamAge = v })
        {
            Unit = "seconds",
            Meaning = "how long an event stream lasts, 20 % more or less at random; clients reconnect by themselves, and so spread over new instances. 0: without end",
        });

    /// <summary>True to serve OFREP.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>True to send the value of a disabled flag too.</summary>
    public bool ReturnValueForDisabledFlags { get; init; }

    /// <summary>The strings that are sent as the JSON values that they spell.</summary>
    public StringParsing ParseStrings { get; init; } = StringParsing.None;

    /// <summary>True to send the time of the document with all flags.</summary>
    public bool HasResponseMetadata { get; init; }

    /// <summary>True to count evaluations of single flags.</summary>
    public bool CountsEvaluations { get; init; } = true;

    /// <summary>The answers that offer event streams.</summary>
    public EventStreamOffer EventStreams { get; init; } = EventStreamOffer.Auto;

    /// <summary>The root of the proxy for event streams; null if it is where requests go.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The maximum age of an event stream; zero for no end. Default 300 s.</summary>
    public TimeSpan MaxStreamAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The form of the flags.</summary>
    public OfrepFormat Format => new(ReturnValueForDisabledFlags, ParseStrings);
}

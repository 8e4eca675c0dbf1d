using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Logging;

/// <summary>Options of the log.</summary>
internal sealed record LoggingOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<LoggingOptions> Settings = new(
        new TypedSetting<LoggingOptions, LogLevel>("logging.log_level", LogLevels.Form, static o => o.Level, static (o, v) => o with { Level = v })
        {
            Meaning = "the lowest level that is logged",
        },
        new TypedSetting<LoggingOptions, bool>(
            "logging.log_format", new ChoiceForm<bool>(("generic", false), ("json", true)), static o => o.IsJson, static (o, v) => o with { IsJson = v })
        {
            Meaning = "`generic`: one readable line for each entry; `json`: one object for each entry, with `timestamp`, `level`, `logger`, `event_id`, the message, `environment`, `key` (masked), `url`, `status`, `duration_ms`, `cause`, `trace_id` and `span_id` where they apply, and `exception` where there is one",
        },
        new TypedSetting<LoggingOptions, string?>(
            "logging.log_event_field_name", new TextForm(), static o => o.MessageFieldName, static (o, v) => o with { MessageFieldName = v ?? o.MessageFieldName })
        {
            Meaning = "the name of the message's member, in `json` format",
        },
        new TypedSetting<LoggingOptions, bool>("logging.colours", new BooleanForm(), static o => o.IsColoured, static (o, v) => o with { IsColoured = v })
        {
            Aliases = ["logging.colors"],
            Meaning = "colours by level, in `generic` format",
        },
        new TypedSetting<LoggingOptions, LogSinks>("logging.override", new LogSinksForm(), static o => o.Sinks, static (o, v) => o with { Sinks = v })
        {
            Meaning = "destinations of the log, as in Python's `dictConfig`: handlers of the classes `logging.FileHandler` (`filename`, `formatter`, `level`) and `logging.StreamHandler` (the standard output), of the loggers `\"\"` and `uvicorn.access`. Handlers of `\"\"` replace the standard output, and get the access log too, unless `propagate` of `uvicorn.access` is false. Anything else gets a warning",
        });

    /// <summary>The lowest level that is logged. Default: information.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Indicates whether each entry is a JSON object instead of a readable line.</summary>
    public bool IsJson { get; init; }

    /// <summary>The name of the message's member, in JSON. Default: <c>message</c>.</summary>
    public string MessageFieldName { get; init; } = "message";

    /// <summary>Indicates whether readable lines are coloured by their level.</summary>
    public bool IsColoured { get; init; }

    /// <summary>The destinations. Default: the standard output.</summary>
    public LogSinks Sinks { get; init; } = LogSinks.Console;
}

namespace EdgeProxy.Host.Configuration;

/// <summary>What is logged and how.</summary>
internal sealed class LoggingOptions
{
    /// <summary>The least that is logged. Default: information.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Whether each entry is a JSON object instead of a line for people.</summary>
    public bool IsJson { get; init; }

    /// <summary>The name of the member with the message, in JSON. Default: <c>message</c>.</summary>
    public string MessageFieldName { get; init; } = "message";

    /// <summary>Whether lines for people are coloured by their level.</summary>
    public bool IsColoured { get; init; }

    /// <summary>Whether there is a line for each request.</summary>
    public bool IsAccessLogged { get; init; }

    /// <summary>The files that the log goes to, too.</summary>
    public IReadOnlyList<LogFileOptions> Files { get; init; } = [];
}

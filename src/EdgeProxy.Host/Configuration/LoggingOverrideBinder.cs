namespace EdgeProxy.Host.Configuration;

/// <summary>
/// <c>logging.override</c>: of Python's <c>dictConfig</c>, file handlers and the loggers they are given to. Whatever else is
/// in there is not acted on, and named.
/// </summary>
internal static class LoggingOverrideBinder
{
    private const string Root = "";
    private const string Access = "uvicorn.access";

    /// <summary>The files.</summary>
    /// <param name="node">What is set.</param>
    /// <param name="levels">The words for levels.</param>
    /// <param name="otherwise">The level of handlers that have none.</param>
    /// <param name="ignored">Takes the paths of what is not acted on.</param>
    public static IReadOnlyList<LogFileOptions> Bind(
        SettingNode node, IReadOnlyDictionary<string, LogLevel> levels, LogLevel otherwise, List<string> ignored)
    {
        var files = new List<LogFileOptions>();
        var loggers = node["loggers"];
        var root = HandlersOf(node["root"], "root").Concat(HandlersOf(loggers[Root], "loggers.")).ToHashSet(StringComparer.Ordinal);
        var access = HandlersOf(loggers[Access], $"loggers.{Access}").ToHashSet(StringComparer.Ordinal);
        foreach (var name in node["handlers"].Names())
        {
            var handler = node["handlers"][name];
            if (handler["class"].Text() != "logging.FileHandler" || handler["filename"].Text() is not { Length: > 0 } path)
            {
                ignored.Add($"handlers.{name}");
                continue;
            }

            Ignore(handler, $"handlers.{name}.", "class", "filename", "formatter", "level");
            files.Add(new LogFileOptions(
                path,
                handler["level"].Choice(levels, otherwise),
                handler["formatter"].Text() == "json",
                root.Contains(name),
                access.Contains(name)));
        }

        Ignore(node, "", "version", "disable_existing_loggers", "incremental", "formatters", "handlers", "loggers", "root");
        Ignore(loggers, "loggers.", Root, Access);
        return [.. files.Where(static file => file.TakesLog || file.TakesAccessLog)];

        IEnumerable<string> HandlersOf(SettingNode logger, string path)
        {
            Ignore(logger, $"{path}.", "handlers", "propagate");
            return logger["handlers"].Items().Select(static handler => handler.Text()).OfType<string>();
        }

        void Ignore(SettingNode from, string prefix, params string[] known) =>
            ignored.AddRange(from.Names().Except(known).Select(name => prefix + name));
    }
}

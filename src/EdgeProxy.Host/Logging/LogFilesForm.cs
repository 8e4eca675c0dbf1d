using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Logging;

/// <summary>
/// <c>logging.override</c>: the file handlers of Python's <c>dictConfig</c>, and the loggers they are assigned to. Anything
/// else in it has no effect, and gets a warning.
/// </summary>
internal sealed class LogFilesForm : TypedForm<IReadOnlyList<LogFileOptions>>
{
    private const string Root = "";
    private const string Access = "uvicorn.access";

    /// <inheritdoc/>
    public override string Expectation => "an object, as Python's dictConfig takes it";

    /// <inheritdoc/>
    public override IReadOnlyList<LogFileOptions> Read(SettingNode node, IReadOnlyList<LogFileOptions> otherwise)
    {
        var files = new List<LogFileOptions>();
        var loggers = node["loggers"];
        var root = HandlersOf(node["root"]).Concat(HandlersOf(loggers[Root])).ToHashSet(StringComparer.Ordinal);
        var access = HandlersOf(loggers[Access]).ToHashSet(StringComparer.Ordinal);
        foreach (var name in node["handlers"].Names())
        {
            var handler = node["handlers"][name];
            if (handler["class"].Text() != "logging.FileHandler" || handler["filename"].Text() is not { Length: > 0 } path)
            {
                handler.Ignore();
                continue;
            }

            IgnoreAllBut(handler, "class", "filename", "formatter", "level");
            files.Add(new LogFileOptions(
                path,
                LogLevels.Form.Read(handler["level"], LogLevel.Trace),
                handler["formatter"].Text() == "json",
                root.Contains(name),
                access.Contains(name)));
        }

        IgnoreAllBut(node, "version", "disable_existing_loggers", "incremental", "formatters", "handlers", "loggers", "root");
        IgnoreAllBut(loggers, Root, Access);
        return [.. files.Where(static file => file.TakesLog || file.TakesAccessLog)];
    }

    /// <inheritdoc/>
    public override JsonNode? Write(IReadOnlyList<LogFileOptions> value) => null; // by default there is none

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "object" };

    private static IEnumerable<string> HandlersOf(SettingNode logger)
    {
        IgnoreAllBut(logger, "handlers", "propagate");
        return logger["handlers"].Items().Select(static handler => handler.Text()).OfType<string>();
    }

    private static void IgnoreAllBut(SettingNode node, params string[] known)
    {
        foreach (var name in node.Names().Except(known))
        {
            node[name].Ignore();
        }
    }
}

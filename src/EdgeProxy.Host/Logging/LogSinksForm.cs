using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Logging;

/// <summary>
/// <c>logging.override</c>: the file and console handlers of Python's <c>dictConfig</c>, and the loggers they are assigned
/// to. As in Python, handlers of the root logger replace the console, and the access log goes to its own handlers and to
/// those of the root logger, unless <c>propagate</c> is false. Anything else in it has no effect, and gets a warning.
/// </summary>
internal sealed class LogSinksForm : TypedForm<LogSinks>
{
    private const string Root = "";
    private const string Access = "uvicorn.access";
    private const string FileHandler = "logging.FileHandler";
    private const string ConsoleHandler = "logging.StreamHandler";

    /// <inheritdoc/>
    public override string Expectation => "an object, as Python's dictConfig takes it";

    /// <inheritdoc/>
    public override LogSinks Read(SettingNode node, LogSinks otherwise)
    {
        var loggers = node["loggers"];
        var root = HandlersOf(node["root"]).Concat(HandlersOf(loggers[Root])).ToHashSet(StringComparer.Ordinal);
        var access = HandlersOf(loggers[Access]).ToHashSet(StringComparer.Ordinal);
        var propagates = new BooleanForm().Read(loggers[Access]["propagate"], otherwise: true);
        var (files, consoles) = ReadHandlers(node["handlers"]);
        IgnoreAllBut(node, "version", "disable_existing_loggers", "incremental", "formatters", "handlers", "loggers", "root");
        IgnoreAllBut(loggers, Root, Access);

        // A root logger whose handlers are all unsupported keeps the console: a log that goes nowhere helps nobody.
        var rootHasHandlers = files.Keys.Concat(consoles).Any(root.Contains);
        var consoleTakesLog = !rootHasHandlers || consoles.Exists(root.Contains);
        return new LogSinks(
            [
                .. files
                    .Select(file => file.Value with
                    {
                        IncludesLog = root.Contains(file.Key),
                        IncludesAccessLog = access.Contains(file.Key) || (propagates && root.Contains(file.Key)),
                    })
                    .Where(static file => file.IncludesLog || file.IncludesAccessLog),
            ],
            consoleTakesLog,
            (propagates && consoleTakesLog) || consoles.Exists(access.Contains));
    }

    /// <inheritdoc/>
    public override JsonNode? Write(LogSinks value) => null; // not set by default

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "object" };

    private static (Dictionary<string, LogFileOptions> Files, List<string> Consoles) ReadHandlers(SettingNode handlers)
    {
        var files = new Dictionary<string, LogFileOptions>(StringComparer.Ordinal);
        var consoles = new List<string>();
        foreach (var name in handlers.Names())
        {
            var handler = handlers[name];
            switch (handler["class"].Text())
            {
                case FileHandler when handler["filename"].Text() is { Length: > 0 } path:
                    IgnoreAllBut(handler, "class", "filename", "formatter", "level");
                    files[name] = new LogFileOptions(
                        path, LogLevels.Form.Read(handler["level"], LogLevel.Trace), handler["formatter"].Text() == "json", IncludesLog: false, IncludesAccessLog: false);
                    break;
                case ConsoleHandler:
                    IgnoreAllBut(handler, "class"); // the format and the level are those of the settings
                    consoles.Add(name);
                    break;
                default:
                    handler.Ignore();
                    break;
            }
        }

        return (files, consoles);
    }

    private static IEnumerable<string> HandlersOf(SettingNode logger)
    {
        IgnoreAllBut(logger, "handlers", "propagate", "level");
        if (logger["level"] is { IsUnset: false } level && level.Text() != "INFO")
        {
            level.Ignore(); // logging.log_level sets it; INFO is that of the Flagsmith documentation
        }

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

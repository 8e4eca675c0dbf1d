using System.CommandLine;
using System.CommandLine.Help;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands;

/// <summary>The command line: commands, and the source of settings with the highest precedence.</summary>
internal sealed class CommandLine
{
    private const string About = """
        EdgeProxy answers the Flagsmith SDK endpoints close to your services. Settings
        come from options, environment variables (SERVER_PORT, LOGGING_LOG_LEVEL) and
        config.json, the strongest first. Without any: edge-proxy --demo
        """;

    // So that the help of a command fits a screen, whatever its width is.
    private const int HelpWidth = 80;

    private readonly Option<bool> _online = new("--online")
    {
        Description = "Also request the document of each environment from the API.",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };
    private readonly ExplainOptions _explain = new();
    private readonly CompareOptions _compare = new();
    private readonly EnvironmentsOptions _environments = new();
    private readonly DiffOptions _diff = new();
    private readonly SettingOptions _settings = new();
    private readonly RootCommand _root;

    /// <param name="serve">Runs the proxy.</param>
    public CommandLine(Func<ConfigurationResult, CancellationToken, Task<int>> serve)
    {
        _root = new RootCommand(About);
        Define(_root, (_, configuration, cancellationToken) => serve(configuration, cancellationToken));
        Define(Add("serve", "Run the proxy, as without a command."), (_, configuration, cancellationToken) => serve(configuration, cancellationToken));
        var check = Add("check-config", "Check the configuration, and the snapshot directory. Exit code 0 or 1.");
        check.Options.Add(_online);
        Define(check, (result, configuration, cancellationToken) => CheckConfigCommand.RunAsync(configuration, result.GetValue(_online), cancellationToken));
        var doctor = Add("doctor", "Check the set-up, and name what is wrong. Exit code 0, 1, 2.");
        doctor.Options.Add(_json);
        Define(doctor, (result, configuration, cancellationToken) => DoctorCommand.RunAsync(configuration, result.GetValue(_json), cancellationToken));
        Define(
            Add("health", "Ask the running proxy whether it is ready. Exit code 0 or 1."),
            static (_, configuration, cancellationToken) => HealthCommand.RunAsync(configuration, cancellationToken));
        var environments = Add("environments", "Show the environments of the running proxy.");
        _environments.AddTo(environments);
        Define(environments, (result, configuration, cancellationToken) => EnvironmentsCommand.RunAsync(_environments.Read(result), configuration, cancellationToken));
        Define(
            Add("fleet", "Show the members of the running proxy's fleet. Exit code 0 or 1."),
            static (_, configuration, cancellationToken) => FleetCommand.RunAsync(configuration, cancellationToken));
        var explain = Add("explain", "Explain why an identity gets its flags.");
        _explain.AddTo(explain);
        Define(explain, (result, configuration, cancellationToken) => ExplainCommand.RunAsync(_explain.Read(result), configuration, cancellationToken));
        var compare = Add("compare", "Compare answers with another server. Exit code 0, 1, 2.");
        _compare.AddTo(compare);
        Define(compare, (result, configuration, cancellationToken) => CompareCommand.RunAsync(_compare.Read(result), configuration, cancellationToken));
        var diff = Add("diff", "Compare two environment documents. Exit code 0 if nothing differs, else 1.");
        _diff.AddTo(diff);
        diff.SetAction((result, _) => DiffCommand.RunAsync(_diff.Read(result)));
        Add("render-config", "Print all defaults, and write them to $CONFIG_PATH if it does not exist.")
            .SetAction(static (_, _) => RenderConfigCommand.RunAsync());
        foreach (var help in _root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpAction { MaxWidth = HelpWidth };
        }
    }

    /// <summary>Runs the command; returns the exit code.</summary>
    public Task<int> RunAsync(string[] arguments)
    {
        var result = _root.Parse(arguments);
        return result.Errors.Count > 0
            ? CommandLineErrors.PrintAsync(result)
            : result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private Command Add(string name, string description)
    {
        var command = new Command(name, description);
        _root.Subcommands.Add(command);
        return command;
    }

    private void Define(Command command, Func<ParseResult, ConfigurationResult, CancellationToken, Task<int>> action)
    {
        _settings.AddTo(command);
        command.SetAction((result, cancellationToken) => action(result, _settings.Bind(result), cancellationToken));
    }
}

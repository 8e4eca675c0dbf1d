using System.CommandLine;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands;

/// <summary>The command line: commands, and the source of settings with the highest precedence.</summary>
internal sealed class CommandLine
{
    private const string About = """
        EdgeProxy answers the Flagsmith SDK endpoints close to your services.

        Settings come from the options below, from environment variables (API_URL, SERVER_PORT, LOGGING='{"log_level":"DEBUG"}') and from config.json, the strongest first. Try it without any:

          edge-proxy --demo
        """;

    private readonly Option<bool> _online = new("--online")
    {
        Description = "Ask the API with each key as well, and print the result of each environment. Exit code 1 if one fails.",
    };

    private readonly SettingOptions _settings = new();
    private readonly RootCommand _root;

    /// <param name="serve">Runs the proxy.</param>
    public CommandLine(Func<ConfigurationResult, CancellationToken, Task<int>> serve)
    {
        _root = new RootCommand(About);
        Define(_root, (_, configuration, cancellationToken) => serve(configuration, cancellationToken));
        Define(Add("serve", "Run the proxy. This is what happens without a command, too."), (_, configuration, cancellationToken) => serve(configuration, cancellationToken));
        var check = Add("check-config", "Check the configuration, and print what is set and a verdict. Exit code 0 if the proxy can start with it and its snapshot directory can be used, else 1.");
        check.Options.Add(_online);
        Define(check, (result, configuration, cancellationToken) => CheckConfigCommand.RunAsync(configuration, result.GetValue(_online), cancellationToken));
        Define(
            Add("health", "Ask the proxy that runs with this configuration whether it is ready. Exit code 0 if it is, else 1."),
            static (_, configuration, cancellationToken) => HealthCommand.RunAsync(configuration, cancellationToken));
        Define(
            Add("fleet", "Ask the proxy that runs with this configuration for the members of its fleet, and who of them is behind. Exit code 0 if it answers, else 1."),
            static (_, configuration, cancellationToken) => FleetCommand.RunAsync(configuration, cancellationToken));
        Add("render-config", "Print every setting with its default, and write that to $CONFIG_PATH if there is no such file.")
            .SetAction(static (_, _) => RenderConfigCommand.RunAsync());
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

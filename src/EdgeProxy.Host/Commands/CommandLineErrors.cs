using System.CommandLine;
using System.CommandLine.Parsing;
using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Commands;

/// <summary>Prints the errors of a command line, each with the help of its option only.</summary>
internal static class CommandLineErrors
{
    /// <summary>Prints the errors; returns the exit code.</summary>
    public static async Task<int> PrintAsync(ParseResult result)
    {
        var command = result.CommandResult.Command;
        var concerned = new List<Option>();
        var isValueOfUnknownOption = false;
        var unknown = Unknown(result);
        foreach (var token in unknown)
        {
            var isOption = IsOption(token);
            (var isValue, isValueOfUnknownOption) = (isValueOfUnknownOption && !isOption, isOption);
            if (isValue)
            {
                continue;
            }

            var names = command.Options.Select(static option => option.Name).Concat(command.Subcommands.Select(static other => other.Name)).ToList();
            var nearest = NearestName.Of(token, names);
            await Console.Error.WriteLineAsync($"Unknown {(isOption ? "option" : "argument")} {token}.{(nearest is null ? "" : $" Did you mean {nearest}?")}");
            concerned.AddRange(command.Options.Where(option => option.Name == nearest));
        }

        foreach (var error in result.Errors.Where(static error => error.SymbolResult is OptionResult))
        {
            await Console.Error.WriteLineAsync(error.Message);
            concerned.Add(((OptionResult)error.SymbolResult!).Option);
        }

        if (unknown.Count == 0 && concerned.Count == 0)
        {
            foreach (var message in command.Arguments.Count > 0 ? [$"Needed: {string.Join(' ', command.Arguments.Select(static argument => $"<{argument.Name}>"))}."] : result.Errors.Select(static error => error.Message))
            {
                await Console.Error.WriteLineAsync(message);
            }
        }

        foreach (var option in concerned.Distinct())
        {
            await Console.Error.WriteLineAsync($"  {option.Name}{(option.HelpName is null ? "" : $" <{option.HelpName}>")}  {option.Description}");
        }

        await Console.Error.WriteLineAsync($"{Invocation(command)} --help lists the options.");
        return IsOneAResult(command) ? 2 : 1;
    }

    /// <summary>Determines whether a text on the command line looks like an option; <c>-</c> is the standard input.</summary>
    public static bool IsOption(string token) => token is ['-', _, ..];

    /// <summary>Lists the texts that mean nothing. Where an argument took one that is meant as an option, the others are not too many.</summary>
    private static IReadOnlyList<string> Unknown(ParseResult result)
    {
        var taken = result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(static argument => argument.Tokens).Select(static token => token.Value).Where(IsOption).ToList();
        return taken.Count == 0 ? result.UnmatchedTokens : [.. taken, .. result.UnmatchedTokens.Where(IsOption)];
    }

    /// <summary>Determines whether 1 is what a command exits with if it did its work: a difference, or a warning.</summary>
    private static bool IsOneAResult(Command command) => command.Name is "diff" or "compare" or "doctor";

    private static string Invocation(Command command) => command is RootCommand ? "edge-proxy" : $"edge-proxy {command.Name}";
}

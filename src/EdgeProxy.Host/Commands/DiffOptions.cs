using System.CommandLine;
using System.CommandLine.Parsing;

namespace EdgeProxy.Host.Commands;

/// <summary>The arguments of <c>edge-proxy diff</c>.</summary>
internal sealed class DiffOptions
{
    private readonly Argument<string> _before = new("OLD") { Description = "An exported environment document; - is the standard input." };
    private readonly Argument<string> _after = new("NEW") { Description = "The document to compare with it." };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };

    /// <summary>Adds the arguments to the command.</summary>
    public void AddTo(Command command)
    {
        _before.Validators.Add(RejectOptions);
        _after.Validators.Add(RejectOptions);
        command.Arguments.Add(_before);
        command.Arguments.Add(_after);
        command.Options.Add(_json);
    }

    /// <summary>Reads the arguments.</summary>
    public (string Before, string After, bool IsJson) Read(ParseResult result) =>
        (result.GetRequiredValue(_before), result.GetRequiredValue(_after), result.GetValue(_json));

    /// <summary>Rejects unknown options, which would be taken for the name of a file.</summary>
    private static void RejectOptions(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(static token => CommandLineErrors.IsOption(token.Value)))
        {
            result.AddError($"Unknown option {token.Value}.");
        }
    }
}

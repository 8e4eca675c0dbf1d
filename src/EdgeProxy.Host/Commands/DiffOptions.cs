using System.CommandLine;

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
        command.Arguments.Add(_before);
        command.Arguments.Add(_after);
        command.Options.Add(_json);
    }

    /// <summary>Reads the arguments.</summary>
    public (string Before, string After, bool IsJson) Read(ParseResult result) =>
        (result.GetRequiredValue(_before), result.GetRequiredValue(_after), result.GetValue(_json));
}

using System.CommandLine;

namespace EdgeProxy.Host.Commands;

/// <summary>The options of <c>edge-proxy explain</c>.</summary>
internal sealed class ExplainOptions
{
    private readonly Option<string?> _identifier = new("--identifier") { Description = "The identity. Without one: the environment flags.", HelpName = "ID" };

    private readonly Option<string[]> _traits = new("--trait")
    {
        Description = "A trait of it. Repeatable.",
        HelpName = "NAME=VALUE",
    };

    private readonly Option<string?> _feature = new("--feature") { Description = "The only feature. Default: all.", HelpName = "NAME" };
    private readonly Option<string?> _key = new("--key") { Description = "The environment key. Default: the only one.", HelpName = "KEY" };
    private readonly Option<bool> _all = new("--all") { Description = "Show also what did not decide." };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };
    private readonly Option<string?> _url = new("--url") { Description = "The proxy to ask. Default: the running one.", HelpName = "URL" };
    private readonly Option<string?> _token = new("--token") { Description = "The admin token of that proxy.", HelpName = "TOKEN" };
    private readonly Option<bool> _online = new("--online") { Description = "Explain the document of the API instead." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_identifier, _traits, _feature, _key, _all, _json, _url, _token, _online])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the options.</summary>
    public ExplainArguments Read(ParseResult result) => new()
    {
        Identifier = result.GetValue(_identifier),
        Traits = result.GetValue(_traits) ?? [],
        Feature = result.GetValue(_feature),
        Key = result.GetValue(_key),
        IsComplete = result.GetValue(_all),
        IsJson = result.GetValue(_json),
        Url = result.GetValue(_url),
        Token = result.GetValue(_token),
        IsOnline = result.GetValue(_online),
    };
}

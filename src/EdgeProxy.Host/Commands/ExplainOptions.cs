using System.CommandLine;

namespace EdgeProxy.Host.Commands;

/// <summary>The options of <c>edge-proxy explain</c>.</summary>
internal sealed class ExplainOptions
{
    private readonly Option<string?> _identifier = new("--identifier") { Description = "The identifier. Without one, the environment flags are explained.", HelpName = "ID" };

    private readonly Option<string[]> _traits = new("--trait")
    {
        Description = "A trait: true, false and numbers as such, anything else as text; text in double quotes is always text. May be given several times.",
        HelpName = "NAME=VALUE",
    };

    private readonly Option<string?> _feature = new("--feature") { Description = "The only feature to explain. Default: all.", HelpName = "NAME" };
    private readonly Option<string?> _key = new("--key") { Description = "The environment key. Default: that of the only environment.", HelpName = "KEY" };
    private readonly Option<bool> _all = new("--all") { Description = "Evaluate everything, also what did not decide." };
    private readonly Option<bool> _json = new("--json") { Description = "Print the answer of /proxy/explain instead of text." };
    private readonly Option<string?> _url = new("--url") { Description = "The proxy to ask. Default: the one that runs with this configuration.", HelpName = "URL" };
    private readonly Option<string?> _token = new("--token") { Description = "The admin token of the proxy at --url.", HelpName = "TOKEN" };
    private readonly Option<bool> _online = new("--online") { Description = "Fetch the document from the API, and explain that, without a proxy." };

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

using System.CommandLine;

namespace EdgeProxy.Host.Commands;

/// <summary>The options of <c>edge-proxy environments</c>.</summary>
internal sealed class EnvironmentsOptions
{
    private readonly Option<string?> _url = new("--url") { Description = "The proxy to ask. Default: the running one.", HelpName = "URL" };
    private readonly Option<string?> _token = new("--token") { Description = "The admin token of that proxy.", HelpName = "TOKEN" };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_url, _token, _json])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the options.</summary>
    public (string? Url, string? Token, bool IsJson) Read(ParseResult result) => (result.GetValue(_url), result.GetValue(_token), result.GetValue(_json));
}

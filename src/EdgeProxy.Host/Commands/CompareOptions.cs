using System.CommandLine;

namespace EdgeProxy.Host.Commands;

/// <summary>The options of <c>edge-proxy compare</c>.</summary>
internal sealed class CompareOptions
{
    private const double DefaultRate = 50;

    private readonly Option<string> _with = new("--with") { Description = "The other server: a Flagsmith API, or another proxy.", HelpName = "URL", Required = true };
    private readonly Option<string?> _url = new("--url") { Description = "The proxy to compare with it. Default: the running one.", HelpName = "URL" };
    private readonly Option<string?> _token = new("--token") { Description = "The admin token of that proxy, for explanations.", HelpName = "TOKEN" };
    private readonly Option<string?> _key = new("--key") { Description = "The environment key. Default: the only one.", HelpName = "KEY" };
    private readonly Option<string?> _identities = new("--identities") { Description = "Questions: one request body a line.", HelpName = "FILE" };
    private readonly Option<int?> _sample = new("--sample") { Description = "How many to make from the document. Default: 500, 0 with a file.", HelpName = "N" };

    private readonly Option<double> _rate = new("--rate")
    {
        Description = "The most requests to each server in a second.",
        HelpName = "N",
        DefaultValueFactory = static _ => DefaultRate,
    };

    private readonly Option<string?> _report = new("--report") { Description = "Write an HTML page, too.", HelpName = "FILE" };
    private readonly Option<bool> _show = new("--show-identities") { Description = "Show identifiers and traits in explanations." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_with, _url, _token, _key, _identities, _sample, _rate, _report, _show])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the options.</summary>
    public CompareArguments Read(ParseResult result) => new()
    {
        With = result.GetRequiredValue(_with),
        Url = result.GetValue(_url),
        Token = result.GetValue(_token),
        Key = result.GetValue(_key),
        Identities = result.GetValue(_identities),
        Sample = result.GetValue(_sample),
        Rate = result.GetValue(_rate),
        Report = result.GetValue(_report),
        ShowsIdentities = result.GetValue(_show),
    };
}

using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>Checks whether tokens that were chosen by people can be guessed, and who may use operators' paths.</summary>
internal static class SecretCheck
{
    private const int MinLength = 16;
    private const int MinDistinct = 8;
    private const string Advice = "Generate one: openssl rand -hex 32";

    /// <summary>Runs the checks.</summary>
    public static void Run(ProxyOptions options, CheckReport report)
    {
        Check("server.admin_token", options.Operators.Token, report);
        Check("realtime.token", options.Realtime.Token, report);
        Check("realtime.webhook_secret", options.Realtime.WebhookSecret, report);
        if (options is { IsOnlyDemo: false, Operators: { Token: null, TrustLoopback: true } }) // the demo is open to everybody
        {
            report.Ok("operators", "without server.admin_token, operators' paths answer requests from this machine only");
        }
    }

    private static void Check(string name, string? secret, CheckReport report)
    {
        if (secret is null)
        {
            return;
        }

        if (secret.Length < MinLength || secret.Distinct().Count() < MinDistinct)
        {
            report.Warning("secrets", $"{name} can be guessed: it has {secret.Length} characters, {secret.Distinct().Count()} different ones", Advice);
        }
        else
        {
            report.Ok("secrets", $"{name} is long enough");
        }
    }
}

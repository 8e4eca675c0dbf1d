using EdgeProxy.Host.Upstream.Failures;
using EdgeProxy.Host.Upstream.ForwardProxy;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>Tells whether requests to the API go through a forward proxy, and which variable says so.</summary>
internal static class ForwardProxyCheck
{
    /// <summary>The name of the check.</summary>
    public const string Name = "forward proxy";

    /// <summary>Runs the check.</summary>
    /// <param name="context">The configuration.</param>
    /// <param name="report">Receives the results.</param>
    /// <returns>The forward proxy, and the variable that sets it; null for none.</returns>
    public static (Uri Address, string Variable)? Run(CheckContext context, CheckReport report)
    {
        var url = context.Options.Upstream.ApiUrl;
        if (EnvironmentProxy.VariableOf(context.Variable, url.Scheme) is not { } variable || string.IsNullOrWhiteSpace(context.Variable(variable)))
        {
            return null;
        }

        if (!EnvironmentProxy.IsAddress(context.Variable(variable)))
        {
            report.Warning(Name, $"{variable} is ignored: it is no address of a proxy", "Set it to an address such as http://proxy.example:3128, or remove it");
            return null;
        }

        if (EnvironmentProxy.Read(context.Variable)!.GetProxy(url) is not { } proxy)
        {
            report.Ok(Name, $"requests to {url.Host} go there directly: NO_PROXY names it");
            return null;
        }

        var route = $"requests to {url.Host} go through {UpstreamUrl.Origin(proxy)} (environment variable {variable})";
        if (url.IsLoopback)
        {
            report.Warning(Name, $"{route}, which does not reach this machine's own addresses", AdviceFor(url));
        }
        else
        {
            report.Ok(Name, route);
        }

        return (proxy, variable);
    }

    /// <summary>The advice for requests that should not go through a proxy.</summary>
    public static string AdviceFor(Uri url) => $"If they should not, add {url.Host} to NO_PROXY";
}

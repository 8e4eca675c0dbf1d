using EdgeProxy.Host.Commands.Checks;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Tests.Commands.Checks;

/// <summary>Runs single checks of the doctor in this process.</summary>
internal static class CheckSetUp
{
    /// <summary>The subject of a check: options, and environment variables.</summary>
    public static CheckContext With(Func<ProxyOptions, ProxyOptions> change, params (string Name, string Value)[] variables)
    {
        var configuration = ProxySettings.Bind(new SettingsSources(ProxySettings.Catalog), demo: true);
        return new CheckContext(
            configuration with { Options = change(configuration.Options) },
            name => variables.Where(variable => variable.Name == name).Select(static variable => variable.Value).FirstOrDefault());
    }

    /// <summary>The worst result, and all messages.</summary>
    public static (int Code, string Text) Read(CheckReport report) => (report.ExitCode, CheckText.Of(report));
}

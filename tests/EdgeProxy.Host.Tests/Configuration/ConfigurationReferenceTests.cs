using EdgeProxy.Host.Configuration;
using EdgeProxy.Testing;

namespace EdgeProxy.Host.Tests.Configuration;

/// <summary>docs/configuration.md and the settings cannot drift apart.</summary>
public sealed class ConfigurationReferenceTests
{
    public static TheoryData<string> Names => [.. SettingNames.All];

    [Theory]
    [MemberData(nameof(Names))]
    public void Reference_EverySetting_Named(string name)
    {
        var spelling = name == "web_concurrency" ? "WEB_CONCURRENCY" : name; // known as an environment variable only

        Assert.Contains($"`{spelling}`", Repository.Read("docs/configuration.md"), StringComparison.Ordinal);
    }
}

using EdgeProxy.Testing;

namespace EdgeProxy.Deploy.Tests;

/// <summary>The unit of systemd fits the program.</summary>
public sealed class ServiceUnitTests
{
    [Fact]
    public void Configuration_Credential_IsWhatTheProgramIsTold()
    {
        Assert.StartsWith("config.json:/", Value("LoadCredential"), StringComparison.Ordinal);
        Assert.Contains("CONFIG_PATH=%d/config.json", Values("Environment"));
    }

    [Fact]
    public void Snapshots_Directory_IsTheStateDirectory()
    {
        Assert.Contains($"SNAPSHOT_DIRECTORY=%S/{Value("StateDirectory")}", Values("Environment"));
    }

    [Fact]
    public void Every_Line_IsASectionACommentOrASetting()
    {
        var lines = Repository.Read(DeployFiles.ServiceUnit).Split('\n');

        Assert.All(lines, static line => Assert.True(line.Length == 0 || line[0] is '#' or '[' || (char.IsAsciiLetterUpper(line[0]) && line.Contains('=', StringComparison.Ordinal)), line));
    }

    /// <summary>The one value of a setting.</summary>
    internal static string Value(string name) => Assert.Single(Values(name));

    /// <summary>The values of a setting that may be there several times.</summary>
    internal static string[] Values(string name) =>
    [
        .. Repository.Read(DeployFiles.ServiceUnit).Split('\n')
            .Where(line => line.StartsWith(name + '=', StringComparison.Ordinal))
            .Select(line => line[(name.Length + 1)..]),
    ];
}

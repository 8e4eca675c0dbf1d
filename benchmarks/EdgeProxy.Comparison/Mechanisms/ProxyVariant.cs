using EdgeProxy.Comparison.Load;

namespace EdgeProxy.Comparison.Mechanisms;

/// <summary>EdgeProxy as it is, or without one of its mechanisms.</summary>
/// <param name="Name">The name in messages.</param>
internal sealed record ProxyVariant(string Name)
{
    /// <summary>The program as it is.</summary>
    public static ProxyVariant Complete { get; } = new("with it");

    /// <summary>The property of the runtime configuration that leaves the mechanism out; null for none.</summary>
    public string? Property { get; private init; }

    /// <summary>The environment variable that leaves it out, with its value; null for none.</summary>
    public string? Variable { get; private init; }

    /// <summary>Without a mechanism of <c>EdgeProxy.Host.Common.Mechanisms</c>.</summary>
    /// <param name="mechanism">Its name there.</param>
    public static ProxyVariant Without(string mechanism) => new("without it") { Property = $"EdgeProxy.Testing.Without{mechanism}" };

    /// <summary>With an environment variable.</summary>
    /// <param name="variable">Name and value.</param>
    public static ProxyVariant With(string variable) => new("without it") { Variable = variable };

    /// <summary>The command that starts it; the arguments of the program go behind it.</summary>
    /// <param name="directory">Keeps its runtime configuration.</param>
    public IReadOnlyList<string> Command(TemporaryDirectory directory)
    {
        if (Variable is not null)
        {
            return ["env", Variable, "dotnet", Programs.Proxy];
        }

        if (Property is null)
        {
            return ["dotnet", Programs.Proxy];
        }

        var configuration = RuntimeConfiguration.With(File.ReadAllText(Path.ChangeExtension(Programs.Proxy, "runtimeconfig.json")), Property);
        return ["dotnet", "exec", "--runtimeconfig", directory.Write("without.runtimeconfig.json", configuration), Programs.Proxy];
    }
}

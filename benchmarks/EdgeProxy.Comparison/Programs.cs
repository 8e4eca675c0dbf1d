using EdgeProxy.Testing;

namespace EdgeProxy.Comparison;

/// <summary>The programs of this repository that are started to be measured.</summary>
internal static class Programs
{
    /// <summary>EdgeProxy.</summary>
    public static string Proxy { get; } = Of("src/EdgeProxy.Host", "edge-proxy");

    /// <summary>The bare server.</summary>
    public static string Bare { get; } = Of("benchmarks/EdgeProxy.BareServer", "EdgeProxy.BareServer");

    /// <summary>The command that starts a program: an executable file, or an assembly with the shared runtime.</summary>
    /// <param name="path">The path of the program.</param>
    public static string[] Command(string path) => path.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", path] : [path];

    /// <summary>The path of a program that is named from the root of the repository: <c>dotnet run</c> has another current directory.</summary>
    public static string At(string path) => Path.Combine(Repository.Root, path);

    private static string Of(string project, string assembly) =>
        Path.Combine(Repository.Root, $"{project}/bin/Release/net10.0/{assembly}.dll");
}

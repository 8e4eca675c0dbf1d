using System.Reflection;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Server;
using EdgeProxy.Testing;

namespace EdgeProxy.Deploy.Tests.Architecture;

/// <summary>
/// No folder uses a folder above it, in the order that docs/architecture.md lists them, bottom to top; so there is no cycle.
/// Read from the compiled assemblies: what counts is types that are used, not namespaces that are named.
/// </summary>
public sealed class LayerTests
{
    public static TheoryData<string> Assemblies => ["EdgeProxy.Engine", "EdgeProxy.Host"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Folders_OfTheAssembly_AreThoseOfTheDocument(string name) =>
        Assert.Equal(
            LayersOf(name).Order(StringComparer.Ordinal),
            FolderReferences.FoldersOf(AssemblyOf(name)).Where(static folder => folder.Length > 0).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Folders_UseOnlyFoldersBelow(string name)
    {
        var layers = LayersOf(name);
        var upwards = FolderReferences.Of(AssemblyOf(name))
            .Where(reference => HeightOf(reference.Folder, layers) < HeightOf(reference.UsedFolder, layers))
            .Select(static reference => reference.ToString())
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        var offences = string.Join(Environment.NewLine, upwards);
        Assert.True(offences.Length == 0, offences);
    }

    [Fact]
    public void References_OfTheHost_AreFound()
    {
        // What is found nowhere could not be found to be wrong: a base class, a field, a local, a call, a generic argument.
        var references = FolderReferences.Of(AssemblyOf("EdgeProxy.Host")).ToHashSet();
        Assert.Contains(new FolderReference("Endpoints", "Http", "FlagsEndpoint", "EnvironmentEndpoint"), references);
        Assert.Contains(new FolderReference("Server", "Operations", "RequestDispatcher", "OperatorAccess"), references);
        Assert.Contains(new FolderReference("Http", "Common", "SdkErrors", "CompactJson"), references);
        Assert.Contains(new FolderReference("Server", "Endpoints", "ProxyApplication", "EndpointTable"), references);
    }

    // The root holds the program or the entry points of the package, which are above everything: no folder uses them.
    private static int HeightOf(string folder, IReadOnlyList<string> layers) =>
        folder.Length == 0 ? int.MaxValue : layers.ToList().IndexOf(folder);

    private static Assembly AssemblyOf(string name) =>
        name == "EdgeProxy.Engine" ? typeof(EnvironmentModel).Assembly : typeof(SdkApplication).Assembly;

    /// <summary>The list in docs/architecture.md, bottom to top.</summary>
    private static IReadOnlyList<string> LayersOf(string name)
    {
        var page = File.ReadAllText(Repository.PathOf("docs/architecture.md"));
        var block = page.Split($"<!-- layers: {name} -->")[1].Split("```")[1];
        return [.. block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ')[0])];
    }
}

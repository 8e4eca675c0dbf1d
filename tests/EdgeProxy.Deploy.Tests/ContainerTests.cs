using EdgeProxy.Host.Server;
using EdgeProxy.Testing;

namespace EdgeProxy.Deploy.Tests;

/// <summary>The Dockerfile and the compose file fit each other and the program.</summary>
public sealed class ContainerTests
{
    private const string SnapshotDirectory = "/var/lib/edge-proxy";

    [Fact]
    public void Port_OfTheImageAndOfCompose_IsTheDefault()
    {
        var port = new ServerOptions().Port;

        Assert.Contains($"\nEXPOSE {port}\n", Repository.Read(DeployFiles.Dockerfile), StringComparison.Ordinal);
        Assert.Equal($"{port}:{port}", DeployFiles.Yaml(DeployFiles.Compose).TextAt("services.edge-proxy.ports.0"));
    }

    [Fact]
    public void Health_OfTheImageAndOfCompose_AsksTheProgramThatIsRun()
    {
        var program = DeployFiles.ExecForm("ENTRYPOINT")[0];
        var test = DeployFiles.Yaml(DeployFiles.Compose);

        Assert.Equal([program, "health"], DeployFiles.ExecForm("HEALTHCHECK"));
        Assert.Equal("CMD", test.TextAt("services.edge-proxy.healthcheck.test.0"));
        Assert.Equal(program, test.TextAt("services.edge-proxy.healthcheck.test.1"));
        Assert.Equal("health", test.TextAt("services.edge-proxy.healthcheck.test.2"));
    }

    [Fact]
    public void Image_WhatRuns_IsWhereThePublishedProgramWasCopied()
    {
        var program = DeployFiles.ExecForm("ENTRYPOINT")[0];

        Assert.Contains($"COPY --from=build /program {Path.GetDirectoryName(program)}\n", Repository.Read(DeployFiles.Dockerfile), StringComparison.Ordinal);
        Assert.Equal("edge-proxy", Path.GetFileName(program));
        Assert.Equal(["serve"], DeployFiles.ExecForm("CMD"));
    }

    [Fact]
    public void Snapshots_VolumeOfCompose_IsMountedWhereTheImageHasAPlaceForIt()
    {
        var compose = DeployFiles.Yaml(DeployFiles.Compose);

        Assert.Equal(SnapshotDirectory, compose.TextAt("services.edge-proxy.environment.SNAPSHOT_DIRECTORY"));
        Assert.Equal($"snapshots:{SnapshotDirectory}", compose.TextAt("services.edge-proxy.volumes.1"));
        Assert.NotNull(compose.At("volumes"));
        Assert.Contains($" /snapshots {SnapshotDirectory}\n", Repository.Read(DeployFiles.Dockerfile), StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_OfCompose_IsWhereTheProgramLooksForIt()
    {
        Assert.Equal("./config.json:/app/config.json:ro", DeployFiles.Yaml(DeployFiles.Compose).TextAt("services.edge-proxy.volumes.0"));
        Assert.Contains("\nWORKDIR /app\n", Repository.Read(DeployFiles.Dockerfile), StringComparison.Ordinal);
    }

    [Fact]
    public void Ignored_Files_AllThatBuildingTakesIsLetIn()
    {
        var allowed = Repository.Read(".dockerignore").Split('\n')
            .Where(static line => line.StartsWith('!'))
            .Select(static line => line[1..])
            .ToList();

        Assert.All(allowed, static path => Assert.True(Path.Exists(Repository.PathOf(path)), path));
        foreach (var needed in Directory.GetFiles(Repository.Root, "Directory.*").Select(Path.GetFileName).Concat(["global.json", "src", "deploy/publish", "BannedSymbols.txt", ".editorconfig"]))
        {
            Assert.Contains(needed, allowed);
        }

        // What projects take from outside src.
        var embedded = Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .SelectMany(static project => File.ReadLines(project))
            .Where(static line => line.Contains("Include=\"../../", StringComparison.Ordinal))
            .Select(static line => line.Split("../../")[1].Split('"')[0]);
        Assert.All(embedded, path => Assert.Contains(path, allowed));
    }
}

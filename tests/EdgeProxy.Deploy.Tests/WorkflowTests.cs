using System.Text.RegularExpressions;
using EdgeProxy.Testing;
using YamlDotNet.RepresentationModel;

namespace EdgeProxy.Deploy.Tests;

/// <summary>The workflows parse, name what there is, and ask for no more rights than they use.</summary>
public sealed partial class WorkflowTests
{
    public static TheoryData<string> Workflows =>
        [.. Directory.GetFiles(Repository.PathOf(DeployFiles.Workflows)).Select(static file => $"{DeployFiles.Workflows}/{Path.GetFileName(file)}")];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Permissions_OfTheWhole_AreToRead(string path)
    {
        var permissions = Assert.IsType<YamlMappingNode>(DeployFiles.Yaml(path).At("permissions"));

        Assert.Equal("contents", permissions.Children.Keys.Single().ToString());
        Assert.Equal("read", permissions.Children.Values.Single().ToString());
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_OfOthers_ArePinnedToAVersionOrACommit(string path)
    {
        foreach (var used in Texts(DeployFiles.Yaml(path), "uses"))
        {
            if (used.StartsWith("./", StringComparison.Ordinal))
            {
                Assert.True(File.Exists(Repository.PathOf(used)), used);
            }
            else
            {
                Assert.Matches("^(actions|docker|azure|sigstore|anchore)/[a-z-]+@(v[0-9]+|[0-9a-f]{40})$", used);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void FilesOfTheRepository_Named_Exist(string path)
    {
        var paths = Texts(DeployFiles.Yaml(path), "run").SelectMany(static script => RepositoryPath().Matches(script)).Select(static match => match.Value)
            .Concat(Texts(DeployFiles.Yaml(path), "global-json-file"));

        Assert.NotEmpty(paths);
        Assert.All(paths, static file => Assert.True(Path.Exists(Repository.PathOf(file)), file));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Scripts_ValuesFromOutside_ComeThroughTheEnvironment(string path)
    {
        // An expression in a script is put into it as text: whoever names a tag or a branch could write commands.
        Assert.All(Texts(DeployFiles.Yaml(path), "run"), static script => Assert.DoesNotContain("${{", script, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void CiRun_InAWorkflow_FailsOnSkips(string path)
    {
        if (Texts(DeployFiles.Yaml(path), "run").Any(static script => script.Contains(".ci/run", StringComparison.Ordinal)))
        {
            Assert.Equal("1", DeployFiles.Yaml(path).At("env.CI_STRICT")?.ToString());
        }
    }

    [Fact]
    public void Ci_ProgramsThatChecksNeed_AreInstalled()
    {
        // What .ci/run would install by itself as root, and what no package of Debian's has.
        var workflow = Repository.Read($"{DeployFiles.Workflows}/ci.yml");

        Assert.All(
            (string[])["wrk", "nghttp2-client", "haproxy", "prometheus", "actions/setup-node@", "azure/setup-helm@", "Flagsmith/engine-test-data", "ENGINE_TEST_DATA"],
            needed => Assert.Contains(needed, workflow, StringComparison.Ordinal));
    }

    [Fact]
    public void Release_LineOfTheChartThatItChanges_IsThere()
    {
        Assert.Contains("s|repository: \\\"\\\"|", Repository.Read($"{DeployFiles.Workflows}/release.yml"), StringComparison.Ordinal);
        Assert.Single(Repository.Read($"{DeployFiles.Chart}/values.yaml").Split('\n'), static line => line.EndsWith("repository: \"\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("image", "docker/build-push-action")]
    [InlineData("chart", "helm push")]
    [InlineData("binaries", "deploy/publish")]
    public void Release_WhatItPublishes_IsSignedOrAttested(string job, string publishes)
    {
        var jobs = DeployFiles.Yaml($"{DeployFiles.Workflows}/release.yml").At("jobs")!;
        string[] steps = [.. Texts(jobs.At(job)!, "uses"), .. Texts(jobs.At(job)!, "run")];

        Assert.Contains(steps, step => step.Contains(publishes, StringComparison.Ordinal));
        Assert.Contains(steps, static step => step.StartsWith("actions/attest-build-provenance@", StringComparison.Ordinal));
        Assert.Equal("write", jobs.TextAt($"{job}.permissions.id-token"));
        Assert.Equal("write", jobs.TextAt($"{job}.permissions.attestations"));
        Assert.Contains(steps, job == "binaries"
            ? static step => step.StartsWith("actions/attest-sbom@", StringComparison.Ordinal)
            : static step => step.Contains("cosign sign --yes", StringComparison.Ordinal) && step.Contains('$', StringComparison.Ordinal));
    }

    private static IEnumerable<string> Texts(YamlNode node, string key) => node switch
    {
        YamlMappingNode map => map.Children.SelectMany(child =>
            child.Key.ToString() == key && child.Value is YamlScalarNode { Value: { } text } ? [text] : Texts(child.Value, key)),
        YamlSequenceNode list => list.Children.SelectMany(item => Texts(item, key)),
        _ => [],
    };

    [GeneratedRegex("(?<![\\w./-])(?:\\.ci|deploy|src|docs|loadtests)/[\\w./-]+|\\bLICENSE\\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RepositoryPath();
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeProxy.Host.Endpoints;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Server;
using EdgeProxy.Testing;
using YamlDotNet.RepresentationModel;

namespace EdgeProxy.Deploy.Tests;

/// <summary>Checks of the chart that need no rendering; <see cref="ChartRenderingTests"/> renders it.</summary>
public sealed partial class ChartTests
{
    private static readonly string[] TemplateFiles = Directory.GetFiles(Repository.PathOf($"{DeployFiles.Chart}/templates"));

    private static readonly string Templates = string.Join('\n', TemplateFiles.Select(File.ReadAllText));

    private static YamlMappingNode Values => DeployFiles.Yaml($"{DeployFiles.Chart}/values.yaml");

    public static TheoryData<string> Files => [.. TemplateFiles.Select(static file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Template_Braces_Balanced(string file)
    {
        var text = Repository.Read($"{DeployFiles.Chart}/templates/{file}");

        Assert.Equal(text.Split("{{").Length, text.Split("}}").Length);
        Assert.Equal(Keyword("if|with|range|define", text), Keyword("end", text));
    }

    [Fact]
    public void Values_UsedByTemplates_AreThere()
    {
        foreach (var path in UsedValues())
        {
            // What is in config is the program's business.
            Assert.True(path.StartsWith("config.", StringComparison.Ordinal) || Values.At(path) is not null, path);
        }
    }

    [Fact]
    public void Values_ThatAreThere_AreUsed()
    {
        var used = UsedValues();

        Assert.All(Leaves(Values, ""), leaf => Assert.Contains(used, path => leaf == path || leaf.StartsWith(path + '.', StringComparison.Ordinal)));
    }

    [Fact]
    public void Includes_Named_AreDefined()
    {
        var defined = Name("define").Matches(Templates).Select(static match => match.Groups["name"].Value).ToHashSet();
        var included = Name("include").Matches(Templates).Select(static match => match.Groups["name"].Value).ToHashSet();

        Assert.Equal(defined.Order(), included.Order());
    }

    [Fact]
    public void Schema_Properties_AreTheValues()
    {
        var schema = JsonNode.Parse(Repository.Read($"{DeployFiles.Chart}/values.schema.json"))!;

        AssertSameNames(schema, Values, "");
    }

    [Fact]
    public void Port_Default_IsTheProgramsDefault()
    {
        Assert.Equal($"{new ServerOptions().Port}", Values.TextAt("containerPort"));
    }

    [Fact]
    public void Defaults_PolicyAndMetricsPort_AreOn()
    {
        Assert.Equal("true", Values.TextAt("networkPolicy.enabled"));
        Assert.NotNull(Values.At("networkPolicy.metricsFrom.0.namespaceSelector"));
        Assert.Equal("true", Values.TextAt("metrics.enabled"));
        Assert.NotEqual(Values.TextAt("containerPort"), Values.TextAt("metrics.port"));
    }

    [Theory]
    [InlineData("metrics-service.yaml", "targetPort: metrics")]
    [InlineData("networkpolicy.yaml", "port: metrics")]
    [InlineData("servicemonitor.yaml", "- port: metrics")]
    [InlineData("deployment.yaml", "- name: metrics")]
    [InlineData("deployment.yaml", "- name: METRICS_PORT")]
    public void Template_MetricsPort_IsTheOneOfItsOwn(string file, string line)
    {
        // Without Helm, this is what can be seen of it; the Service for clients, which may be public, has no such port.
        Assert.Contains(line, Repository.Read($"{DeployFiles.Chart}/templates/{file}"), StringComparison.Ordinal);
        Assert.DoesNotContain("metrics", Repository.Read($"{DeployFiles.Chart}/templates/service.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Ingress_Paths_AreThoseOfSdksAndNoOthers()
    {
        string[] paths = [.. ((YamlSequenceNode)Values.At("ingress.paths")!).Children.Select(static path => path.ToString())];
        string[] notForSdks = ["/", "/favicon.ico", "/proxy/webhook"];
        var definitions = EndpointTable.Definitions.ToLookup(definition => definition.Surface == EndpointSurface.Sdk && !notForSdks.Contains(definition.Path));

        Assert.All(definitions[true], definition => Assert.Contains(paths, path => definition.Path.StartsWith(path, StringComparison.Ordinal)));
        Assert.All(definitions[false], definition => Assert.DoesNotContain(paths, path => $"{definition.Path}/".StartsWith(path, StringComparison.Ordinal)));
        Assert.All(paths, path => Assert.Contains(definitions[true], definition => definition.Path.StartsWith(path, StringComparison.Ordinal)));
    }

    [Fact]
    public void Chart_Versions_AreThere()
    {
        var chart = DeployFiles.Yaml($"{DeployFiles.Chart}/Chart.yaml");

        Assert.Equal("v2", chart.TextAt("apiVersion"));
        Assert.Equal("edge-proxy", chart.TextAt("name"));
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+$", chart.TextAt("version"));
        Assert.Contains($"<VersionPrefix>{chart.TextAt("appVersion")}</VersionPrefix>", Repository.Read("Directory.Build.props"), StringComparison.Ordinal);
    }

    private static HashSet<string> UsedValues() => [.. UsedValue().Matches(Templates).Select(static match => match.Groups["path"].Value)];

    private static IEnumerable<string> Leaves(YamlNode node, string path) => node is YamlMappingNode { Children.Count: > 0 } map
        ? map.Children.SelectMany(child => Leaves(child.Value, path.Length == 0 ? $"{child.Key}" : $"{path}.{child.Key}"))
        : [path];

    /// <summary>The members in the schema are those of the values; <c>global</c> is Helm's.</summary>
    private static void AssertSameNames(JsonNode schema, YamlNode values, string path)
    {
        if (schema["properties"] is not JsonObject properties)
        {
            return;
        }

        var names = ((YamlMappingNode)values).Children.Keys.Select(static key => key.ToString());
        Assert.Equal(names.Order(), properties.Select(static property => property.Key).Where(static name => name != "global").Order());
        foreach (var (name, property) in properties)
        {
            if (values.At(name) is YamlMappingNode child)
            {
                AssertSameNames(property!, child, $"{path}.{name}");
            }
        }
    }

    private static int Keyword(string words, string text) =>
        Regex.Count(text, $@"\{{\{{-? *(?:{words})\b", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static Regex Name(string word) => new($@"{word} ""(?<name>[^""]+)""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"\.Values\.(?<path>[\w.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UsedValue();
}

using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeProxy.Testing;
using YamlDotNet.RepresentationModel;

namespace EdgeProxy.Deploy.Tests;

/// <summary>The files that deploy the program, as the tests look at them.</summary>
internal static partial class DeployFiles
{
    public const string Dockerfile = "Dockerfile";
    public const string Compose = "compose.yaml";
    public const string RealtimeCompose = "examples/realtime/compose.yaml";
    public const string ServiceUnit = "deploy/systemd/edge-proxy.service";
    public const string Chart = "deploy/helm/edge-proxy";
    public const string Deployment = Chart + "/templates/deployment.yaml";
    public const string Workflows = ".github/workflows";

    /// <summary>A YAML file of one document.</summary>
    /// <param name="path">From the root of the repository.</param>
    public static YamlMappingNode Yaml(string path) => YamlDocuments(Repository.Read(path)).Single();

    /// <summary>The documents in a text, without empty ones.</summary>
    public static IReadOnlyList<YamlMappingNode> YamlDocuments(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(static document => document.RootNode).OfType<YamlMappingNode>()];
    }

    /// <summary>A member, by its path with dots; null where there is none. Items of lists go by their index.</summary>
    public static YamlNode? At(this YamlNode node, string path)
    {
        var found = (YamlNode?)node;
        foreach (var part in path.Split('.'))
        {
            found = found switch
            {
                YamlMappingNode map => map.Children.FirstOrDefault(child => string.Equals(child.Key.ToString(), part, StringComparison.Ordinal)).Value,
                YamlSequenceNode list => list.Children.ElementAtOrDefault(int.Parse(part)),
                _ => null,
            };
        }

        return found;
    }

    /// <summary>A scalar that must be there.</summary>
    public static string TextAt(this YamlNode node, string path)
    {
        var scalar = Assert.IsType<YamlScalarNode>(node.At(path));
        return scalar.Value ?? "";
    }

    /// <summary>The list of words that an instruction of the Dockerfile is given in its exec form, which needs no shell.</summary>
    public static string[] ExecForm(string instruction)
    {
        var lines = Repository.Read(Dockerfile).Split('\n');
        var line = lines.Single(line => line.StartsWith(instruction, StringComparison.Ordinal));
        return JsonSerializer.Deserialize<string[]>(line[line.IndexOf('[', StringComparison.Ordinal)..])!;
    }

    /// <summary>Seconds as Docker and systemd spell them: 25s, or 25.</summary>
    public static TimeSpan Seconds(string text)
    {
        var match = SecondsPattern().Match(text);
        Assert.True(match.Success, text);
        return TimeSpan.FromSeconds(int.Parse(match.Groups["number"].Value));
    }

    [GeneratedRegex("^(?<number>[0-9]+)s?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecondsPattern();
}

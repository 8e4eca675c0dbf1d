using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Tests.Configuration;

/// <summary>Booleans in the spellings of pydantic (docs/spec/configuration.md 2.2).</summary>
public sealed class BooleanFormTests
{
    public static TheoryData<string, bool> Spellings
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var (words, value) in new[] { ("true yes on y t 1", true), ("false no off n f 0", false) })
            {
                foreach (var word in words.Split(' '))
                {
                    data.Add($"\"{word}\"", value);
                    data.Add($"\" {word.ToUpperInvariant()} \"", value);
                }
            }

            data.Add("1", true);
            data.Add("0", false);
            data.Add("true", true);
            data.Add("false", false);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Read_EverySpelling_Taken(string json, bool expected)
    {
        var (value, problems) = Read(json);

        Assert.Empty(problems);
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("-1")]
    [InlineData("\"\"")]
    [InlineData("\"ja\"")]
    [InlineData("[true]")]
    public void Read_AnythingElse_AProblemAndTheDefault(string json)
    {
        var (value, problems) = Read(json);

        Assert.StartsWith("must be true or false", Assert.Single(problems).Message, StringComparison.Ordinal);
        Assert.True(value);
    }

    private static (bool Value, IReadOnlyList<SettingProblem> Problems) Read(string json)
    {
        var reading = new SettingReading(ProxySettings.Catalog, new SettingOrigins());
        var node = new SettingNode(new JsonObject { ["metrics"] = new JsonObject { ["enabled"] = JsonNode.Parse(json) } }, reading);
        return (new BooleanForm().Read(node.At("metrics.enabled"), otherwise: true), reading.Problems);
    }
}

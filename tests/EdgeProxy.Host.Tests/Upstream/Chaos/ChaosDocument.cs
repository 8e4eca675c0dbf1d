using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeProxy.Host.Testing;

namespace EdgeProxy.Host.Tests.Upstream.Chaos;

/// <summary>Documents of which everything says its version: each value, each override, and <c>updated_at</c>.</summary>
internal static partial class ChaosDocument
{
    public const string Overridden = "olga";
    public const string Trait = "plan";

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // No whole seconds, so that what rounds is found out.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1001);

    /// <summary>The document of a version. How many features it has, and how long their values are, is the version's too.</summary>
    public static byte[] Of(int version)
    {
        var document = Documents.Small("env");
        var features = 3 + (version * 7 % 60);
        document["updated_at"] = (Start + (version * Step)).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        document["feature_states"] = States(features, version, "own");
        document["identity_overrides"] = new JsonArray(new JsonObject
        {
            ["identifier"] = Overridden,
            ["identity_features"] = States(1 + (features / 2), version, "for olga"),
        });
        document["project"]!["server_key_only_feature_ids"] = new JsonArray();
        var segment = document["project"]!["segments"]![0]!;
        segment["rules"]![0]!["conditions"]![0]!["property_"] = Trait;
        segment["feature_states"] = States(1 + (features / 3), version, "for a segment");
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    /// <summary>The version of a document by its time in seconds since 1970.</summary>
    public static int VersionAt(string seconds)
    {
        var elapsed = decimal.Parse(seconds, CultureInfo.InvariantCulture) - Start.ToUnixTimeSeconds();
        var version = elapsed / (decimal)Step.TotalSeconds;
        Assert.Equal(decimal.Truncate(version), version);
        return (int)version;
    }

    /// <summary>The version that a text is of, all of it.</summary>
    public static int VersionOf(string text)
    {
        var versions = Mark().Matches(text).Select(static match => match.Groups["version"].Value).Distinct().ToList();
        return int.Parse(Assert.Single(versions), CultureInfo.InvariantCulture);
    }

    private static JsonArray States(int count, int version, string whose) => new([.. Enumerable.Range(0, count).Select(i =>
        Documents.State(i, $"f{i}", true, $"version {version} {whose} {new string('x', version * i % 50)}"))]);

    [GeneratedRegex(@"""version (?<version>\d+) ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Mark();
}

using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Documents;

/// <summary>
/// There are two ways to read an identity override: a fast one for those as they always are, and the one for every part of
/// a document. Whatever an override looks like, both must come to the same flags and the same problems.
/// </summary>
public sealed class DocumentOverridesTests
{
    private const int Rounds = 3000;

    // An escape in a name is never plain, and a name that nobody knows means nothing.
    private const string NotPlain = "\"unkn\\u006fwn\":0,";

    private static readonly string[] Identifiers = ["bob", "alice", "é😀", "a\"b\\c\n", "", "007"];

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "12", "1.50", "1e3", "123456789012345678901234567890", "\"\"", "\"x\"", "\"bob\"", "\"a\"", "\"\\u0061\"",
        "\"{\\\"a\\\":\\\"\\u00e9\\\"}\"", "\"<é😀&>\"", "\"\\ud83d\\ude00\"", "\"\\ud800\"", "\"\\n\\/\"", "[]", "{}", "[null]", "[{}]", "{\"id\":1}",
        "\"58555db3-6206-4852-99a8-27a1e7916103\"", "\"58555db3620648529 9a827a1e7916103\"", "{\"id\":1,\"name\":\"b\"}", "{\"value\":1}",
    ];

    private static readonly string[] Names =
    [
        "identifier", "identity_features", "feature", "enabled", "feature_state_value", "featurestate_uuid", "django_id",
        "multivariate_feature_state_values", "name", "id", "type", "value", "key", "percentage_allocation", "mv_fs_value_uuid",
        "multivariate_feature_option", "metadata", "unknown",
    ];

    [Fact]
    public void Compile_AnyOverride_SameAsReadLikeEveryOtherPart()
    {
        var random = new Random(20261201);
        var plain = 0;
        for (var round = 0; round < Rounds; round++)
        {
            string[] items = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Item(random))];

            var fast = Compile(items);
            var slow = Compile([.. items.Select(static item => item.StartsWith('{') && item != "{}" ? "{" + NotPlain + item[1..] : item)]);

            Assert.Equal(slow.Problems, fast.Problems);
            Assert.Equal(slow.Snapshot.IdentityOverrideCount, fast.Snapshot.IdentityOverrideCount);
            foreach (var identifier in Identifiers)
            {
                var identity = new Identity(identifier);
                Assert.Equal(Comparable(slow.Snapshot, identity), Comparable(fast.Snapshot, identity));
                Assert.Equal(Answer(slow.Snapshot, identifier), Answer(fast.Snapshot, identifier));
            }

            plain += fast.Problems.Count == 0 ? 1 : 0;
        }

        Assert.InRange(plain, Rounds / 4, Rounds * 3 / 4);
    }

    [Fact]
    public void Compile_InvalidPartsBeforeAndBehindTheOverrides_ReportedInTheOrderOfTheDocument()
    {
        var (_, problems) = EnvironmentCompiler.Compile(Encoding.UTF8.GetBytes(
            """
            {"api_key":"k","name":1,"identity_overrides":[{"identifier":1},{"identifier":"a","identity_features":[5]}],"updated_at":2,
             "feature_states":[3],"project":{"segments":[{"id":1,"rules":[{"type":"odd"}]}],"server_key_only_feature_ids":["x"]}}
            """));

        Assert.Equal(
            [
                "$.name",
                "$.feature_states[0]",
                "$.identity_overrides[0].identifier",
                "$.identity_overrides[1].identity_features[0]",
                "$.updated_at",
                "$.project.server_key_only_feature_ids[0]",
                "$.project.segments[0].rules[0]",
            ],
            problems.Select(static problem => problem.Path));
    }

    [Theory]
    [InlineData("""{"identity_overrides":[ONE],IT,"identity_overrides":[TWO]}""", "two", 0)]
    [InlineData("""{"identity_overrides":[ONE],IT,"identity_overrides":null}""", "own", 0)]
    [InlineData("""{"identity_overrides":[ONE],IT,"identity_overrides":[]}""", "own", 0)]
    [InlineData("""{"identity_overrides":[ONE],IT,"identity_overrides":{}}""", "own", 1)]
    [InlineData("""{"identity_overrides":7,IT,"identity_overrides":[TWO]}""", "two", 0)]
    [InlineData("""{"identity_overrides":7,IT,"identity\u005foverrides":[TWO]}""", "two", 0)]
    [InlineData("""{"identity_overrides":[ONE],IT,"x":{"identity_overrides":[TWO]}}""", "one", 0)]
    public void Compile_MemberThatIsThereTwice_LastCounts(string document, string expected, int problems)
    {
        var json = document
            .Replace("IT", $$"""
                "api_key":"k","feature_states":[{{State("own")}}],"project":{}
                """, StringComparison.Ordinal)
            .Replace("ONE", $$"""{"identifier":"bob","identity_features":[{{State("one")}}]}""", StringComparison.Ordinal)
            .Replace("TWO", $$"""{"identifier":"bob","identity_features":[{{State("two")}}]}""", StringComparison.Ordinal);

        var result = EnvironmentCompiler.Compile(Encoding.UTF8.GetBytes(json));

        Assert.Equal(problems, result.Problems.Count);
        Assert.Equal(expected, result.Snapshot.Evaluate(new Identity("bob")).Flags["a"].Value.Text);
    }

    private static string State(string value) =>
        $$"""{"feature":{"id":1,"name":"a"},"enabled":true,"feature_state_value":"{{value}}"}""";

    private static string Item(Random random)
    {
        var item = new JsonObject
        {
            ["identifier"] = Identifiers[random.Next(Identifiers.Length)],
            ["identity_features"] = new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => FeatureState(random))]),
            ["created_date"] = "2026-01-01T00:00:00Z",
            ["identity_traits"] = new JsonArray(),
        };
        var text = item.ToJsonString().Replace("\"?\"", "\"ones \\\"more\\\"\"", StringComparison.Ordinal);
        for (var change = random.Next(5); change > 0; change--)
        {
            text = Change(text, random);
        }

        return text;
    }

    private static JsonObject FeatureState(Random random)
    {
        var feature = random.Next(4);
        var state = new JsonObject
        {
            ["feature"] = new JsonObject { ["id"] = feature == 3 ? 1 : feature, ["name"] = $"{(char)('a' + feature)}", ["type"] = "STANDARD" },
            ["enabled"] = random.Next(2) == 0,
            ["feature_state_value"] = random.Next(3) switch { 0 => "?", 1 => 1.50, _ => null },
            ["featurestate_uuid"] = Guid.NewGuid().ToString(),
            ["django_id"] = random.Next(3) switch { 0 => 12, 1 => 0, _ => null },
            ["multivariate_feature_state_values"] = new JsonArray(),
        };
        if (random.Next(4) == 0)
        {
            state["metadata"] = random.Next(2) == 0 ? null : new JsonObject { ["experiment"] = new JsonObject { ["id"] = random.Next(3) } };
        }

        if (random.Next(2) == 0)
        {
            state["multivariate_feature_state_values"]!.AsArray().Add(new JsonObject
            {
                ["id"] = random.Next(2) == 0 ? 7 : null,
                ["mv_fs_value_uuid"] = "58555db3-6206-4852-99a8-27a1e7916103",
                ["percentage_allocation"] = 100,
                ["multivariate_feature_option"] = new JsonObject { ["value"] = "v", ["key"] = null },
            });
        }

        return state;
    }

    /// <summary>Another value somewhere, or one more member, before the others or behind them.</summary>
    private static string Change(string json, Random random)
    {
        var value = Values[random.Next(Values.Length)];
        var member = $"\"{Names[random.Next(Names.Length)]}\":{value}";
        int[] openings = [.. Enumerable.Range(0, json.Length).Where(i => json[i] == '{' && (i == 0 || json[i - 1] != '"'))];
        int[] colons = [.. Enumerable.Range(0, json.Length).Where(i => json[i] == ':' && json[i - 1] == '"' && i + 1 < json.Length)];
        var at = openings[random.Next(openings.Length)];
        switch (random.Next(3))
        {
            case 0:
                return json.Insert(at + 1, json[at + 1] == '}' ? member : member + ",");
            case 1:
                return json.EndsWith("{}", StringComparison.Ordinal) ? json : json.Insert(json.Length - 1, "," + member);
            default:
                // As long as it is a simple value that is replaced, it stays JSON.
                at = colons[random.Next(colons.Length)] + 1;
                var end = json.IndexOfAny([',', '}'], at);
                return json[at] is '{' or '[' || json[at..end].Contains("\\\"", StringComparison.Ordinal) || (json[at] == '"' && json[end - 1] != '"')
                    ? json
                    : json[..at] + value + json[end..];
        }
    }

    private static CompilationResult Compile(string[] items)
    {
        var states = string.Join(',', Enumerable.Range(0, 3).Select(static feature =>
            $$$"""{"feature":{"id":{{{feature}}},"name":"{{{(char)('a' + feature)}}}","type":"T{{{feature}}}"},"enabled":false,"feature_state_value":"own"}"""));
        return EnvironmentCompiler.Compile(Encoding.UTF8.GetBytes(
            $$$"""{"api_key":"k","feature_states":[{{{states}}}],"identity_overrides":[{{{string.Join(',', items)}}}],"project":{"server_key_only_feature_ids":[2]}}"""));
    }

    private static IEnumerable<FlagResult> Comparable(EnvironmentSnapshot snapshot, Identity identity) =>
        snapshot.Evaluate(identity).Flags.Values.Select(static flag => flag with { Metadata = flag.Metadata?.ToString() });

    private static string Answer(EnvironmentSnapshot snapshot, string identifier)
    {
        var frame = new EvaluationFrame();
        frame.Begin(snapshot);
        frame.SetIdentity(Encoding.UTF8.GetBytes(identifier));
        frame.Evaluate();
        var answer = new byte[frame.MeasureFlags(FlagAudience.Client)];
        frame.WriteFlags(FlagAudience.Client, answer);
        return Encoding.UTF8.GetString(answer);
    }
}

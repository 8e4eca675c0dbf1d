using System.Globalization;
using System.Text;

namespace EdgeProxy.Workloads;

/// <summary>Environment documents that consist of one thing only, for measuring what it costs. The environment key is <c>env</c>.</summary>
public static class OneSidedDocuments
{
    private const int OverriddenFeatures = 100;

    private static readonly CompositeFormat Frame = CompositeFormat.Parse(
        """
        {{"id":1,"api_key":"env","name":"One-sided","updated_at":"2026-11-01T00:00:00Z","project":{{"id":1,"name":"p","hide_disabled_flags":false,"organisation":{{"id":1,"name":"o","persist_trait_data":true}},"segments":[{0}]}},"feature_states":[{1}],"identity_overrides":[{2}]}}
        """);

    /// <summary>All of them: what each consists of, and the function that creates one of about so many bytes.</summary>
    public static IReadOnlyList<(string Name, Func<int, byte[]> Make)> All { get; } =
    [
        ("one value", static length => Document(states: State(0, new string('x', length)))),
        ("features", static length => Document(states: Fill(length, static i => State(i, $"value {i}")))),
        ("variants", static length => Document(states: Fill(length, static i => State(i, $"value {i}", string.Join(',', Enumerable.Range(0, 4).Select(variant => Variant(i, variant))))))),
        ("segments with a condition each, without overrides", static length => Document(Fill(length, static i => Segment(i, Condition(i))), State(0, "a"))),
        ("segments with a condition and an override each", static length => Document(Fill(length, static i => Segment(i, Condition(i), State(i % OverriddenFeatures, $"b{i}", priority: i))), Defaults())),
        ("conditions of one segment", static length => Document(Segment(0, Fill(length, static i => Condition(i)), State(0, "b")), State(0, "a"))),
        ("regular expressions", static length => Document(Segment(0, Fill(length, static i => Condition(i, "REGEX", @$"^[a-z]+{i}@example\\.(com|org)$")), State(0, "b")), State(0, "a"))),
        ("identity overrides", static length => Document(
            states: Defaults(), overrides: Fill(length, static i => $$"""{"identifier":"user-{{i}}","identity_uuid":"{{Uuid(i)}}","identity_features":[{{State(i % OverriddenFeatures, $"o{i}")}}],"identity_traits":[]}"""))),
        ("a third each of long values, segments and identity overrides", static length => Document(
            Fill(length / 3, static i => Segment(i, string.Join(',', Enumerable.Range(0, 5).Select(condition => Condition((i * 5) + condition))), State(i % OverriddenFeatures, $"b{i}", priority: i))),
            Fill(length / 3, static i => State(i, new string('v', 600))),
            Fill(length / 3, static i => $$"""{"identifier":"user-{{i}}","identity_features":[{{State(i % OverriddenFeatures, $"o{i}")}}]}"""))),
    ];

    private static byte[] Document(string segments = "", string states = "", string overrides = "") =>
        Encoding.UTF8.GetBytes(string.Format(CultureInfo.InvariantCulture, Frame, segments, states, overrides));

    private static string Fill(int length, Func<int, string> make)
    {
        var text = new StringBuilder(length);
        for (var i = 0; text.Length < length; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(make(i));
        }

        return text.ToString();
    }

    private static string Defaults() => string.Join(',', Enumerable.Range(0, OverriddenFeatures).Select(static i => State(i, "a")));

    private static string State(int feature, string value, string variants = "", int? priority = null)
    {
        var place = priority is { } number ? string.Create(CultureInfo.InvariantCulture, $$"""{"priority":{{number}} }""") : "null";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"django_id":{{feature + 1}},"featurestate_uuid":"{{Uuid(feature)}}","enabled":true,"feature":{"id":{{feature + 1}},"name":"feature_{{feature}}","type":"STANDARD"},"feature_state_value":"{{value}}","multivariate_feature_state_values":[{{variants}}],"feature_segment":{{place}} }""");
    }

    private static string Variant(int feature, int variant) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":{{(feature * 4) + variant + 1}},"mv_fs_value_uuid":"{{Uuid(feature)}}","percentage_allocation":20.0,"multivariate_feature_option":{"id":{{variant + 1}},"value":"variant {{variant}}"} }""");

    private static string Segment(int number, string conditions, string overrides = "") => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":{{number + 1}},"name":"segment_{{number}}","rules":[{"type":"ALL","rules":[{"type":"ANY","rules":[],"conditions":[{{conditions}}]}],"conditions":[]}],"feature_states":[{{overrides}}]}""");

    private static string Condition(int number, string type = "EQUAL", string? operand = null) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"property_":"t","operator":"{{type}}","value":"{{operand ?? number.ToString(CultureInfo.InvariantCulture)}}"}""");

    private static string Uuid(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:x8}-0000-4000-8000-{number:x12}");
}

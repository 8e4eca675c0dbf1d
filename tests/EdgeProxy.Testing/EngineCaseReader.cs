using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Testing;

/// <summary>
/// Reads engine cases: JSON, with comments and trailing commas or without. Every field may be missing or null, and
/// what is keyed by name or by key (features, segments, flags) may be an object or an array. The strongest priority may be
/// <c>-Infinity</c>, as Python writes it.
/// </summary>
public static partial class EngineCaseReader
{
    private const int MatchTimeout = 10_000;

    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads a case from its text.</summary>
    /// <param name="name">The name.</param>
    /// <param name="json">The content of its file.</param>
    public static EngineCase Read(string name, string json)
    {
        using var document = JsonDocument.Parse(StrongestPriority().Replace(json, "${name}-1e400"), Lenient);
        var context = Member(document.RootElement, "context");
        var result = Member(document.RootElement, "result");
        return new EngineCase
        {
            Name = name,
            Model = ReadModel(context),
            Identity = Member(context, "identity") is { } identity ? ReadIdentity(identity) : null,
            Flags = [.. Items(result, "flags").Select(ReadFlag)],
            Segments = [.. Items(result, "segments").Select(ReadMatch)],
        };
    }

    [GeneratedRegex("(?<name>\"priority\"\\s*:\\s*)-Infinity", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex StrongestPriority();

    private static EngineCaseFlag ReadFlag((string? Key, JsonElement Content) flag) => new()
    {
        Name = Text(flag.Content, "name") ?? flag.Key ?? "",
        Enabled = Flag(flag.Content, "enabled"),
        Value = Scalar(Member(flag.Content, "value")),
        Reason = Text(flag.Content, "reason") ?? "",
        Variant = Text(flag.Content, "variant"),
        Metadata = Member(flag.Content, "metadata")?.Clone(),
    };

    private static EngineCaseSegment ReadMatch((string? Key, JsonElement Content) segment) => new()
    {
        Name = Text(segment.Content, "name") ?? segment.Key ?? "",
        Metadata = Member(segment.Content, "metadata")?.Clone(),
    };

    private static Identity ReadIdentity(JsonElement identity) => new(Text(identity, "identifier") ?? "")
    {
        Key = Text(identity, "key"),
        Traits = Items(identity, "traits")
            .GroupBy(trait => trait.Key ?? "", StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => Scalar(same.Last().Content), StringComparer.Ordinal),
    };
}

using EdgeProxy.Engine.Languages.JsonPaths.Queries;

namespace EdgeProxy.Engine.Compilation.Properties;

/// <summary>A property that reads other flags: <c>$.flags</c>, then feature names, then fields of their results.</summary>
/// <param name="Features">The feature names, in the order in which they are tried.</param>
/// <param name="Fields">The fields.</param>
internal sealed record FlagPath(IReadOnlyList<string> Features, FlagFields Fields)
{
    /// <summary>The start of every property that reads flags; other properties can start with it, too.</summary>
    public const string Prefix = "$.flags";

    private const string Root = "flags";
    private const string MetadataName = "metadata";

    /// <summary>The flag path that a query is; null if it reads something else.</summary>
    public static FlagPath? From(JsonPathQuery query)
    {
        var names = query.MemberNames;
        if (names is not [[Root], ..])
        {
            return null;
        }

        // Wildcards, filters and descendants on the flags themselves have no value.
        return names is [_, { } features, ..] ? new FlagPath(features, FieldsOf([.. names.Skip(2)])) : new FlagPath([], FlagFields.None);
    }

    private static FlagFields FieldsOf(IReadOnlyList<string>?[] segments) => segments switch
    {
        [] => new FlagFields([FlagField.Whole], MetadataPath.Whole),
        [{ } names] => new FlagFields([.. names.Select(FieldOf).OfType<FlagField>()], MetadataPath.Whole),
        [{ } names, ..] when names.Contains(MetadataName, StringComparer.Ordinal) && segments.All(static segment => segment is not null) =>
            new FlagFields([FlagField.Metadata], new MetadataPath([.. segments.Skip(1).OfType<IReadOnlyList<string>>()])),
        _ => FlagFields.None,
    };

    private static FlagField? FieldOf(string name) => name switch
    {
        "enabled" => FlagField.Enabled,
        "value" => FlagField.Value,
        "variant" => FlagField.Variant,
        "reason" => FlagField.Reason,
        "name" => FlagField.Name,
        MetadataName => FlagField.Metadata,
        _ => null,
    };
}

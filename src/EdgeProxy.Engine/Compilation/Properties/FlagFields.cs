namespace EdgeProxy.Engine.Compilation.Properties;

/// <summary>The part of a flag path that follows the feature.</summary>
/// <param name="Fields">
/// The fields, in the order in which they are tried. Empty if the path has no value: the features are read all the same,
/// which matters in a cycle.
/// </param>
/// <param name="Metadata">The members below the field <see cref="FlagField.Metadata"/>.</param>
internal sealed record FlagFields(IReadOnlyList<FlagField> Fields, MetadataPath Metadata)
{
    /// <summary>No fields.</summary>
    public static readonly FlagFields None = new([], MetadataPath.Whole);

    /// <summary>A text that is the same for the same fields, and for no others.</summary>
    public string Content { get; } = $"{string.Join(',', Fields)}{Metadata.Content}";
}

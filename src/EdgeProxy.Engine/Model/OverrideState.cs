using System.Text;

namespace EdgeProxy.Engine.Model;

/// <summary>
/// The state of a feature for one identity, as in the document: everything that an answer needs of it, in UTF-8, for as
/// long as it is read.
/// </summary>
internal readonly ref struct OverrideState
{
    /// <summary>The feature's name.</summary>
    public required ReadOnlySpan<byte> FeatureName { get; init; }

    /// <summary>The feature's id.</summary>
    public required long FeatureId { get; init; }

    /// <summary>Indicates whether the feature is on.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The kind of the value.</summary>
    public required ScalarKind ValueKind { get; init; }

    /// <summary>The text of a string, unescaped; the JSON spelling of anything else.</summary>
    public required ReadOnlySpan<byte> Value { get; init; }

    /// <summary>The metadata, a JSON object as it came; empty where there is none.</summary>
    public required ReadOnlySpan<byte> Metadata { get; init; }

    /// <summary>Creates the value as a scalar.</summary>
    public ScalarValue ToScalar()
    {
        var text = Encoding.UTF8.GetString(Value);
        return ValueKind switch
        {
            ScalarKind.Null => ScalarValue.Null,
            ScalarKind.Boolean => text == "true",
            ScalarKind.String => text,
            _ => ScalarValue.FromJsonNumber(text),
        };
    }
}

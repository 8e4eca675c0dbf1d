using System.Text.Json;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Compilation.Properties;

/// <summary>
/// The members that a flag path names below the metadata (docs/spec/flag-dependencies.md 2.2), which consist of the id of
/// the feature and of the members that the feature state has.
/// </summary>
internal sealed class MetadataPath
{
    /// <summary>The metadata itself.</summary>
    public static readonly MetadataPath Whole = new([]);

    private const string Id = "id";

    private readonly string[][] _steps;

    /// <param name="steps">The names of each step, in the order in which they are tried.</param>
    public MetadataPath(IReadOnlyList<IReadOnlyList<string>> steps)
    {
        // Without repetitions, each member of the metadata is visited once at most.
        _steps = [.. steps.Select(static names => names.Distinct(StringComparer.Ordinal).ToArray())];
        Content = string.Concat(_steps.Select(static names => $"/{string.Concat(names.Select(static name => $"{name.Length}:{name}"))}"));
        NeedsObject = _steps is not ([] or [[Id]]);
    }

    /// <summary>A text that is the same for the same path, and for no other.</summary>
    public string Content { get; }

    /// <summary>Indicates whether the path may lead to more than the id of the feature.</summary>
    public bool NeedsObject { get; }

    /// <summary>Reads the first member that the path leads to; an object or an array is null.</summary>
    /// <param name="featureId">The id of the feature; null if it has none.</param>
    /// <param name="metadata">The metadata of the feature state.</param>
    /// <param name="value">The member.</param>
    /// <returns>False if the path leads nowhere.</returns>
    public bool TryRead(long? featureId, object? metadata, out ScalarValue value)
    {
        value = default;
        var members = metadata is JsonElement { ValueKind: JsonValueKind.Object } given ? given : default(JsonElement?);
        if (_steps.Length == 0)
        {
            return featureId is not null || members is not null;
        }

        foreach (var name in _steps[0])
        {
            if (name != Id || featureId is not { } id)
            {
                if (members is { } parent && TryGetMember(parent, name, out var member) && TryFollow(member, 1, out value))
                {
                    return true;
                }
            }
            else if (_steps.Length == 1)
            {
                value = id;
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds a member; an object whose names are not all Unicode may have none.</summary>
    private static bool TryGetMember(JsonElement parent, string name, out JsonElement member)
    {
        try
        {
            return parent.TryGetProperty(name, out member);
        }
        catch (InvalidOperationException)
        {
            member = default;
            return false;
        }
    }

    /// <summary>Reads the rest of the path. Recurses no deeper than the document.</summary>
    private bool TryFollow(JsonElement element, int step, out ScalarValue value)
    {
        if (step == _steps.Length)
        {
            value = JsonScalar.TryGet(element, out var scalar) ? scalar : ScalarValue.Null;
            return true;
        }

        value = default;
        if (element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (var name in _steps[step])
        {
            if (TryGetMember(element, name, out var member) && TryFollow(member, step + 1, out value))
            {
                return true;
            }
        }

        return false;
    }
}

using System.Text.Json;

namespace EdgeProxy.LoadTests.Model.Answers;

/// <summary>The features that answers must name, from the environment's document.</summary>
internal sealed class KnownFeatures
{
    private readonly HashSet<string> _names;
    private readonly bool _mayHide;

    private KnownFeatures(HashSet<string> names, bool mayHide)
    {
        _names = names;
        _mayHide = mayHide;
    }

    /// <summary>Reads them.</summary>
    /// <param name="document">The environment's document.</param>
    public static KnownFeatures Read(JsonElement document)
    {
        var project = document.GetProperty("project");
        var mayHide = Hides(document) || Hides(project)
            || (project.TryGetProperty("server_key_only_feature_ids", out var ids) && ids.ValueKind == JsonValueKind.Array && ids.GetArrayLength() > 0);
        var names = document.GetProperty("feature_states").EnumerateArray()
            .Select(static state => state.GetProperty("feature").GetProperty("name").GetString()!);
        return new KnownFeatures([.. names], mayHide);
    }

    /// <summary>The problem of the flags of a response; null if there is none.</summary>
    /// <remarks>If disabled flags or flags for servers are hidden, each may be missing; otherwise all must be there, once.</remarks>
    public string? ProblemOf(JsonElement flags)
    {
        if (flags.ValueKind != JsonValueKind.Array)
        {
            return "the flags are not a list";
        }

        var seen = new HashSet<string>(_names.Count);
        foreach (var flag in flags.EnumerateArray())
        {
            if (NameOf(flag) is not { } name)
            {
                return "a flag without name, state or value";
            }

            if (!_names.Contains(name))
            {
                return "a flag that the environment does not have";
            }

            if (!seen.Add(name))
            {
                return "a flag twice";
            }
        }

        return _mayHide || seen.Count == _names.Count ? null : "a flag is missing";
    }

    private static string? NameOf(JsonElement flag) =>
        flag.ValueKind == JsonValueKind.Object
        && flag.TryGetProperty("enabled", out var enabled) && enabled.ValueKind is JsonValueKind.True or JsonValueKind.False
        && flag.TryGetProperty("feature_state_value", out _)
        && flag.TryGetProperty("feature", out var feature) && feature.ValueKind == JsonValueKind.Object
        && feature.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()
            : null;

    private static bool Hides(JsonElement part) =>
        part.TryGetProperty("hide_disabled_flags", out var hide) && hide.ValueKind == JsonValueKind.True;
}

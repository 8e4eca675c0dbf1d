using System.Text.Json.Nodes;

namespace EdgeProxy.Tools.Upstream;

/// <summary>The changes of <c>POST /control</c>.</summary>
/// <param name="environments">The environments, by client-side key.</param>
internal sealed class StandInControl(IReadOnlyDictionary<string, StandInEnvironment> environments)
{
    /// <summary>The fault in effect.</summary>
    public StandInFault Fault { get; private set; }

    /// <summary>The number of pages that documents come in.</summary>
    public int Pages { get; private set; } = 1;

    /// <summary>Makes the changes.</summary>
    /// <returns>The problem; null if there is none.</returns>
    public string? Apply(JsonNode? changes)
    {
        if (changes is not JsonObject members)
        {
            return "the body must be a JSON object";
        }

        foreach (var (name, value) in members)
        {
            if (Apply(name, value) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>The state, as <c>/control</c> shows it.</summary>
    public JsonObject ToJson() => new() { ["fault"] = StandInFaults.NameOf(Fault), ["pages"] = Pages };

    private string? Apply(string name, JsonNode? value)
    {
        switch (name)
        {
            case "fault" when value is null || value.GetValueKind() == System.Text.Json.JsonValueKind.String:
                if (StandInFaults.Find((string?)value) is not { } fault)
                {
                    return $"fault must be null or one of {string.Join(", ", StandInFaults.Names)}";
                }

                Fault = fault;
                return null;
            case "pages" when value is JsonValue number && number.TryGetValue(out int pages) && pages > 0:
                Pages = pages;
                return null;
            case "touch" when Find(value) is { } environment:
                environment.Touch();
                return null;
            case "patch" when value is JsonObject patch && Find(patch["key"]) is { } environment && patch["set"] is JsonObject set:
                return environment.Patch((string?)patch["feature"] ?? "", set) ? null : $"there is no feature {patch["feature"]}";
            default:
                return $"not understood: {name} {value?.ToJsonString() ?? "null"}";
        }
    }

    private StandInEnvironment? Find(JsonNode? key) =>
        key is JsonValue text && text.TryGetValue(out string? name) ? environments.GetValueOrDefault(name) : null;
}

using System.Text.Json;

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>Compares two answers: status, and each flag by feature. What an SDK does not notice is counted apart.</summary>
internal static class AnswerComparison
{
    private const string Missing = "missing";

    /// <summary>Compares the answers to a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="here">The answer of this server.</param>
    /// <param name="there">The answer of the other server.</param>
    /// <param name="harmless">Receives the harmless differences, each kind at most once.</param>
    public static IReadOnlyList<Difference> Compare(Question question, FlagsAnswer here, FlagsAnswer there, ISet<HarmlessDifference> harmless)
    {
        if (here.Status != there.Status || here.Flags is null || there.Flags is null)
        {
            // Two errors of the same kind are the same: their texts differ from server to server.
            return here.Status == there.Status && here.Flags is null && there.Flags is null ? [] : [new Difference(question, Feature: null, Describe(here), Describe(there))];
        }

        var others = there.Flags.DistinctBy(static flag => flag.Key).ToDictionary(StringComparer.Ordinal);
        var differences = new List<Difference>();
        foreach (var (feature, flag) in here.Flags)
        {
            if (!others.Remove(feature, out var other))
            {
                differences.Add(new Difference(question, feature, flag.ToString(), Missing));
            }
            else if (flag.Enabled != other.Enabled || !AreEqual(flag.Value, other.Value))
            {
                differences.Add(new Difference(question, feature, flag.ToString(), other.ToString()));
            }
            else
            {
                NoteHarmless(flag, other, harmless);
            }
        }

        differences.AddRange(others.Select(other => new Difference(question, other.Key, Missing, other.Value.ToString())));
        if (differences.Count == 0 && !here.Flags.Select(static flag => flag.Key).SequenceEqual(there.Flags.Select(static flag => flag.Key), StringComparer.Ordinal))
        {
            harmless.Add(HarmlessDifference.Order);
        }

        return differences;
    }

    private static void NoteHarmless(ComparedFlag here, ComparedFlag there, ISet<HarmlessDifference> harmless)
    {
        if (here.Members != there.Members)
        {
            harmless.Add(HarmlessDifference.Members);
        }

        if (here.Value.ValueKind == JsonValueKind.Number && here.Value.GetRawText() != there.Value.GetRawText())
        {
            harmless.Add(HarmlessDifference.NumberSpelling);
        }
    }

    // By value: 1.0 is 1, and escapes in texts do not matter.
    private static bool AreEqual(JsonElement here, JsonElement there) =>
        here.ValueKind == JsonValueKind.Undefined || there.ValueKind == JsonValueKind.Undefined ? here.ValueKind == there.ValueKind : JsonElement.DeepEquals(here, there);

    private static string Describe(FlagsAnswer answer) => answer.Flags is null && answer.Status == StatusCodes.Status200OK ? "no flags" : $"status {answer.Status}";
}

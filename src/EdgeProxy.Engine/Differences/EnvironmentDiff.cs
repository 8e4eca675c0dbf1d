using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Differences;

/// <summary>
/// Compares two versions of an environment (docs/spec/changes.md 1): what decides flags, in the words of people who change
/// them. Unknown members and the order of features make no difference.
/// </summary>
internal static class EnvironmentDiff
{
    /// <summary>Compares two documents.</summary>
    /// <param name="before">The earlier one, JSON in UTF-8.</param>
    /// <param name="after">The later one.</param>
    /// <exception cref="EnvironmentDocumentException">One of them is no environment document.</exception>
    public static IReadOnlyList<EnvironmentChange> Between(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        try
        {
            var earlier = EnvironmentDocumentReader.Read(before, new ProblemList(new StepBudget()));
            var later = EnvironmentDocumentReader.Read(after, new ProblemList(new StepBudget()));
            return
            [
                .. Settings(earlier.Model, later.Model),
                .. Features(earlier.Model, later.Model),
                .. SegmentComparison.Compare(earlier.Model.Segments, later.Model.Segments),
                .. OverrideFingerprints.Of(earlier.Overrides).CompareTo(OverrideFingerprints.Of(later.Overrides)),
            ];
        }
        catch (StepBudgetException exception)
        {
            throw new EnvironmentDocumentException(exception.Message, exception);
        }
    }

    private static IEnumerable<EnvironmentChange> Settings(EnvironmentModel before, EnvironmentModel after)
    {
        // Values are compared, not their texts: two keys may have the same mask, two names the same beginning.
        (string Name, bool IsChanged, string Before, string After)[] settings =
        [
            ("key", before.Key != after.Key, Masked(before.Key), Masked(after.Key)),
            ("name", before.Name != after.Name, ChangeText.Quote(before.Name), ChangeText.Quote(after.Name)),
            Switch("hide_disabled_flags", before.HideDisabledFlags, after.HideDisabledFlags),
            Switch("hide_sensitive_data", before.HideSensitiveData, after.HideSensitiveData),
            Switch("allow_client_traits", before.AllowClientTraits, after.AllowClientTraits),
            (
                "allow_client_traits_in_evaluation",
                before.AllowClientTraitsInEvaluation != after.AllowClientTraitsInEvaluation,
                OfOptional(before.AllowClientTraitsInEvaluation),
                OfOptional(after.AllowClientTraitsInEvaluation)),
            Switch("persist_trait_data", before.PersistTraitData, after.PersistTraitData),
        ];
        return settings
            .Where(static setting => setting.IsChanged)
            .Select(static setting => new EnvironmentChange(EnvironmentChangeKind.Setting) { Place = setting.Name, Before = setting.Before, After = setting.After });

        static (string Name, bool IsChanged, string Before, string After) Switch(string name, bool before, bool after) =>
            (name, before != after, ChangeText.Of(before), ChangeText.Of(after));

        static string OfOptional(bool? value) => value is { } isAllowed ? ChangeText.Of(isAllowed) : "as allow_client_traits";

        // No key is shown whole.
        static string Masked(string key) => key.Length > 16 ? $"{key[..8]}…" : $"{key[..(key.Length / 2)]}…";
    }

    private static IEnumerable<EnvironmentChange> Features(EnvironmentModel before, EnvironmentModel after)
    {
        var (earlier, later) = (ByName(before), ByName(after));
        foreach (var state in earlier.Values.Where(state => !later.ContainsKey(state.Name)))
        {
            yield return new EnvironmentChange(EnvironmentChangeKind.FeatureRemoved) { Feature = state.Name, Before = ChangeText.Of(state) };
        }

        foreach (var state in later.Values)
        {
            if (!earlier.TryGetValue(state.Name, out var known))
            {
                yield return new EnvironmentChange(EnvironmentChangeKind.FeatureAdded) { Feature = state.Name, After = ChangeText.Of(state) };
                continue;
            }

            foreach (var change in StateComparison.Compare(known, state, segment: null))
            {
                yield return change;
            }

            var (wasHidden, isHidden) = (IsServerKeyOnly(before, known), IsServerKeyOnly(after, state));
            if (wasHidden != isHidden)
            {
                yield return new EnvironmentChange(EnvironmentChangeKind.Visibility)
                {
                    Feature = state.Name,
                    Place = "answered to",
                    Before = wasHidden ? "servers only" : "all",
                    After = isHidden ? "servers only" : "all",
                };
            }
        }
    }

    private static bool IsServerKeyOnly(EnvironmentModel model, FeatureState state) => state.FeatureId is { } id && model.ServerKeyOnlyFeatureIds.Contains(id);

    private static Dictionary<string, FeatureState> ByName(EnvironmentModel model)
    {
        var found = new Dictionary<string, FeatureState>(StringComparer.Ordinal);
        foreach (var state in model.Features)
        {
            found[state.Name] = state; // the last content counts (docs/spec/evaluation.md 1.3)
        }

        return found;
    }
}

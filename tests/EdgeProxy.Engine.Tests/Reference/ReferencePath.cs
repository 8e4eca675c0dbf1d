using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>
/// The part of JSONPath that evaluation is asked for: <c>$</c>, then names as <c>.name</c> or <c>['name']</c>.
/// Anything else is taken for no JSONPath at all, which is not true of wildcards, slices and filters.
/// </summary>
internal static class ReferencePath
{
    /// <summary>What the path leads to; null where it leads nowhere, to an object, or is not a path.</summary>
    public static ScalarValue Find(string path, ReferenceContext context)
    {
        object? at = Root(context);
        foreach (var name in Names(path))
        {
            at = at is Dictionary<string, object?> members && name is not null ? members.GetValueOrDefault(name) : null;
        }

        return at is ScalarValue value ? value : ScalarValue.Null;
    }

    private static Dictionary<string, object?> Root(ReferenceContext context)
    {
        var root = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["environment"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["key"] = (ScalarValue)context.Model.Key,
                ["name"] = (ScalarValue)context.Model.Name,
            },
        };

        if (context.Identity is { } identity)
        {
            root["identity"] = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["identifier"] = (ScalarValue)identity.Identifier,
                ["key"] = (ScalarValue)context.IdentityKey,
                ["traits"] = identity.Traits.ToDictionary(
                    trait => trait.Key, trait => (object?)trait.Value, StringComparer.Ordinal),
            };
        }

        return root;
    }

    /// <summary>The names of a path one by one; null for the place where it stops being one.</summary>
    private static IEnumerable<string?> Names(string path)
    {
        var rest = path[1..];
        while (rest.Length > 0)
        {
            if (rest.StartsWith("['", StringComparison.Ordinal))
            {
                var end = rest.IndexOf("']", StringComparison.Ordinal);
                var quoted = end < 0 ? null : rest[2..end];
                yield return quoted is null || quoted.Contains('\'') || quoted.Contains('\\') ? null : quoted;
                rest = end < 0 ? "" : rest[(end + 2)..];
            }
            else
            {
                var length = rest[0] == '.' ? rest.Skip(1).TakeWhile(IsNameCharacter).Count() : 0;
                var valid = length > 0 && !char.IsAsciiDigit(rest[1]);
                yield return valid ? rest[1..(1 + length)] : null;
                rest = valid ? rest[(1 + length)..] : "";
            }
        }
    }

    private static bool IsNameCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || character == '_' || character >= 0x80;
}

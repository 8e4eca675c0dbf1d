using System.Text.Json;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>
/// The part of JSONPath that evaluation is asked for: <c>$</c>, then names as <c>.name</c> or <c>['name', "name"]</c>.
/// Anything else is taken for no JSONPath at all, which is not true of wildcards, slices and filters.
/// </summary>
internal static class ReferencePath
{
    /// <summary>The first scalar that the path leads to; null where it leads nowhere, to an object, or is not a path.</summary>
    public static ScalarValue Find(string path, ReferenceContext context) =>
        Steps(path) is { } steps && Nodes(Root(context), steps).FirstOrDefault() is ScalarValue value ? value : ScalarValue.Null;

    /// <summary>The nodes one by one, so that flags behind the first are not read.</summary>
    private static IEnumerable<object?> Nodes(object? at, ReadOnlyMemory<string[]> steps)
    {
        if (steps.IsEmpty)
        {
            yield return at;
            yield break;
        }

        foreach (var name in steps.Span[0].ToArray())
        {
            if (at is Func<string, object?> members && members(name) is { } child)
            {
                foreach (var node in Nodes(child, steps[1..]))
                {
                    yield return node;
                }
            }
        }
    }

    private static Func<string, object?> Root(ReferenceContext context) => name => name switch
    {
        "environment" => Object(("key", (ScalarValue)context.Model.Key), ("name", (ScalarValue)context.Model.Name)),
        "identity" when context.Identity is { } identity => Object(
            ("identifier", (ScalarValue)identity.Identifier),
            ("key", (ScalarValue)context.IdentityKey),
            ("traits", Object([.. identity.Traits.Select(trait => (trait.Key, (object)trait.Value))]))),
        "flags" => new Func<string, object?>(flag => context.Flags.Read(flag) is { } result ? Flag(result) : null),
        _ => null,
    };

    private static Func<string, object?> Flag(ReferenceFlag flag) => Object(
    [
        ("name", (ScalarValue)flag.Name),
        ("enabled", (ScalarValue)flag.Enabled),
        ("value", flag.Value),
        ("reason", (ScalarValue)flag.Reason),
        ("variant", (ScalarValue)flag.Variant),
        .. Metadata(flag.Winner) is { } metadata ? [("metadata", metadata)] : Array.Empty<(string, object)>(),
    ]);

    /// <summary>The id of the feature, and the members of the state's metadata; null if there is neither.</summary>
    private static Func<string, object?>? Metadata(FeatureState state)
    {
        var members = state.Metadata is JsonElement { ValueKind: JsonValueKind.Object } metadata ? Json(metadata) as Func<string, object?> : null;
        return members is null && state.FeatureId is null
            ? null
            : name => name == "id" && state.FeatureId is { } id ? (ScalarValue)id : members?.Invoke(name);
    }

    private static object Json(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new Func<string, object?>(name => element.TryGetProperty(name, out var member) ? Json(member) : null),
        JsonValueKind.Array => element,
        JsonValueKind.String => (ScalarValue)element.GetString(),
        JsonValueKind.Number => ScalarValue.FromJsonNumber(element.GetRawText()),
        JsonValueKind.True or JsonValueKind.False => (ScalarValue)element.GetBoolean(),
        _ => ScalarValue.Null,
    };

    private static Func<string, object?> Object(params (string Name, object Value)[] members) =>
        name => members.LastOrDefault(member => member.Name == name).Value;

    /// <summary>The names of each step; null if this is no path.</summary>
    private static ReadOnlyMemory<string[]>? Steps(string path)
    {
        var steps = new List<string[]>();
        for (var rest = path[1..]; rest.Length > 0;)
        {
            var length = rest[0] == '[' ? Bracketed(rest, out var names) : Bare(rest, out names);
            if (length == 0)
            {
                return null;
            }

            steps.Add(names);
            rest = rest[length..];
        }

        return steps.ToArray();
    }

    private static int Bare(string rest, out string[] names)
    {
        var length = rest[0] == '.' ? rest.Skip(1).TakeWhile(IsNameCharacter).Count() : 0;
        names = [rest[1..(1 + length)]];
        return length > 0 && rest[1] != '-' && !char.IsAsciiDigit(rest[1]) ? 1 + length : 0;
    }

    private static int Bracketed(string rest, out string[] names)
    {
        var found = new List<string>();
        names = [];
        var at = 1;
        do
        {
            at += found.Count == 0 ? 0 : 1;
            at += Blanks(rest, at);
            var quote = at < rest.Length && rest[at] is '\'' or '"' ? rest[at] : '\0';
            var end = quote == '\0' ? -1 : rest.IndexOf(quote, at + 1);
            if (end < 0 || rest[at..end].Contains('\\'))
            {
                return 0;
            }

            found.Add(rest[(at + 1)..end]);
            at = end + 1;
            at += Blanks(rest, at);
        }
        while (at < rest.Length && rest[at] == ',');

        names = [.. found];
        return at < rest.Length && rest[at] == ']' ? at + 1 : 0;
    }

    private static int Blanks(string text, int at) => text.Skip(at).TakeWhile(character => character == ' ').Count();

    private static bool IsNameCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '_' or '-' || (character >= 0x80 && !char.IsSurrogate(character));
}

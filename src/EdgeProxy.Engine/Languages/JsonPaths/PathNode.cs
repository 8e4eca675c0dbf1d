using System.Diagnostics.CodeAnalysis;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Languages.JsonPaths;

/// <summary>
/// A node of the tree that a JSONPath query reads: like JSON's, immutable. Two nodes are the same node when they are the same
/// reference; a tree may hold a node more than once, but never itself.
/// </summary>
internal sealed class PathNode
{
    private PathNode(
        PathNodeKind kind,
        ScalarValue scalar,
        IReadOnlyList<KeyValuePair<string, PathNode>> members,
        IReadOnlyList<PathNode> items)
    {
        Kind = kind;
        Scalar = scalar;
        Members = members;
        Items = items;
    }

    public PathNodeKind Kind { get; }

    /// <summary>The value of a scalar; null for anything else.</summary>
    public ScalarValue Scalar { get; }

    /// <summary>The members of an object in their order, names unique; empty for anything else.</summary>
    public IReadOnlyList<KeyValuePair<string, PathNode>> Members { get; }

    /// <summary>The items of an array; empty for anything else.</summary>
    public IReadOnlyList<PathNode> Items { get; }

    /// <summary>The number of children, whatever their names.</summary>
    public int ChildCount => Kind == PathNodeKind.Object ? Members.Count : Items.Count;

    public static PathNode Of(ScalarValue value) => new(PathNodeKind.Scalar, value, [], []);

    /// <summary>The list is kept, not copied: nobody may change it any more.</summary>
    public static PathNode Object(IReadOnlyList<KeyValuePair<string, PathNode>> members) =>
        new(PathNodeKind.Object, ScalarValue.Null, members, []);

    /// <summary>The list is kept, not copied: nobody may change it any more.</summary>
    public static PathNode Array(IReadOnlyList<PathNode> items) =>
        new(PathNodeKind.Array, ScalarValue.Null, [], items);

    /// <summary>A child by its place, members and items alike.</summary>
    public PathNode ChildAt(int position) => Kind == PathNodeKind.Object ? Members[position].Value : Items[position];

    /// <summary>Finds a member by its exact name. Objects are small here and queries rare: no index pays off.</summary>
    public bool TryGetMember(string name, [NotNullWhen(true)] out PathNode? node)
    {
        for (var i = 0; i < Members.Count; i++)
        {
            var member = Members[i];
            if (string.Equals(member.Key, name, StringComparison.Ordinal))
            {
                node = member.Value;
                return true;
            }
        }

        node = null;
        return false;
    }
}

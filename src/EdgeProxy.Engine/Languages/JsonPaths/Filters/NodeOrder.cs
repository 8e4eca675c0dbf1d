namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary>Equality and order of nodes by value (RFC 9535, 2.3.5.2.2). Null is Nothing, equal only to itself.</summary>
internal static class NodeOrder
{
    /// <summary>Scalars and numbers by value, arrays item by item, objects member by member in any order.</summary>
    public static bool AreEqual(PathEvaluation evaluation, PathNode? left, PathNode? right)
    {
        if (left is null || right is null)
        {
            return left is null && right is null;
        }

        // A stack of our own: trees may be deep.
        var pending = new Stack<(PathNode Left, PathNode Right)>();
        pending.Push((left, right));
        while (pending.TryPop(out var pair))
        {
            if (!AreEqualAtTop(evaluation, pair.Left, pair.Right, pending))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Only two numbers or two strings have an order.</summary>
    public static bool IsLess(PathEvaluation evaluation, PathNode? left, PathNode? right) =>
        left is { Kind: PathNodeKind.Scalar }
        && right is { Kind: PathNodeKind.Scalar }
        && ScalarOrder.TrySpend(evaluation, left.Scalar, right.Scalar)
        && ScalarOrder.IsLess(left.Scalar, right.Scalar);

    /// <summary>Compares the nodes but for their children, and puts those on the list of what is still to compare.</summary>
    private static bool AreEqualAtTop(
        PathEvaluation evaluation, PathNode left, PathNode right, Stack<(PathNode Left, PathNode Right)> pending)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        if (left.Kind != right.Kind || left.ChildCount != right.ChildCount || !evaluation.TrySpend(1 + left.ChildCount))
        {
            return false;
        }

        if (left.Kind == PathNodeKind.Scalar)
        {
            return ScalarOrder.TrySpend(evaluation, left.Scalar, right.Scalar)
                && ScalarOrder.AreEqual(left.Scalar, right.Scalar);
        }

        for (var i = 0; i < left.ChildCount; i++)
        {
            var other = left.Kind == PathNodeKind.Array ? right.Items[i] : evaluation.Member(right, left.Members[i].Key);
            if (other is null)
            {
                return false;
            }

            pending.Push((left.ChildAt(i), other));
        }

        return true;
    }
}

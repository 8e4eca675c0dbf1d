using EdgeProxy.Engine.Languages.JsonPaths;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Languages.JsonPaths;

public sealed class PathNodeTests
{
    [Fact]
    public void Of_Scalar_HasNoChildren()
    {
        var node = PathNode.Of(12);

        Assert.Equal(PathNodeKind.Scalar, node.Kind);
        Assert.Equal("12", node.Scalar.Text);
        Assert.Empty(node.Members);
        Assert.Empty(node.Items);
        Assert.Equal(0, node.ChildCount);
        Assert.False(node.TryGetMember("", out _));
    }

    [Fact]
    public void Object_Members_AreFoundByExactName()
    {
        var (upper, lower) = (PathNode.Of("upper"), PathNode.Of("lower"));
        var node = PathNode.Object([KeyValuePair.Create("A", upper), KeyValuePair.Create("a", lower), KeyValuePair.Create("", Zero)]);

        Assert.Equal(PathNodeKind.Object, node.Kind);
        Assert.Equal(ScalarKind.Null, node.Scalar.Kind);
        Assert.True(node.TryGetMember("a", out var found));
        Assert.Same(lower, found);
        Assert.True(node.TryGetMember("", out found));
        Assert.Same(Zero, found);
        Assert.False(node.TryGetMember("á", out found));
        Assert.Null(found);
        Assert.Same(upper, node.ChildAt(0));
        Assert.Equal(3, node.ChildCount);
    }

    [Fact]
    public void Array_Items_KeepTheirOrder()
    {
        var node = PathNode.Array([PathNode.Of(true), PathNode.Of(1.5)]);

        Assert.Equal(PathNodeKind.Array, node.Kind);
        Assert.Equal(2, node.ChildCount);
        Assert.Equal("1.5", node.ChildAt(1).Scalar.Text);
        Assert.False(node.TryGetMember("0", out _));
    }

    private static readonly PathNode Zero = PathNode.Of(0);
}

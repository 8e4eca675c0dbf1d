namespace EdgeProxy.Engine.Languages.JsonPaths;

/// <summary>What a <see cref="PathNode"/> is.</summary>
internal enum PathNodeKind
{
    /// <summary>A value without children.</summary>
    Scalar,

    /// <summary>Members by name.</summary>
    Object,

    /// <summary>Items by position.</summary>
    Array,
}

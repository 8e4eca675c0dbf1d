namespace EdgeProxy.Engine.Languages.JsonPaths;

/// <summary>The kind of a <see cref="PathNode"/>.</summary>
internal enum PathNodeKind
{
    /// <summary>A value without children.</summary>
    Scalar,

    /// <summary>Members by name.</summary>
    Object,

    /// <summary>Items by position.</summary>
    Array,
}

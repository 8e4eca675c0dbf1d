using System.Text.Json;

namespace EdgeProxy.Testing;

/// <summary>A segment that an engine case expects to match.</summary>
public sealed record EngineCaseSegment
{
    /// <summary>The segment's name.</summary>
    public required string Name { get; init; }

    /// <summary>The segment's metadata; null where none is expected.</summary>
    public JsonElement? Metadata { get; init; }
}

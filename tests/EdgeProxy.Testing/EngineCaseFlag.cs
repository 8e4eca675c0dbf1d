using System.Text.Json;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Testing;

/// <summary>A flag that an engine case expects.</summary>
public sealed record EngineCaseFlag
{
    /// <summary>The feature's name.</summary>
    public required string Name { get; init; }

    /// <summary>True if the flag is on.</summary>
    public bool Enabled { get; init; }

    /// <summary>The value; numbers as the file spells them.</summary>
    public ScalarValue Value { get; init; }

    /// <summary>The reason of the value.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The variant's name, or null.</summary>
    public string? Variant { get; init; }

    /// <summary>The metadata of the winning feature state; null where none is expected.</summary>
    public JsonElement? Metadata { get; init; }
}

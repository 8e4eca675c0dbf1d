namespace EdgeProxy.Engine.Model;

/// <summary>A group of identities, given by rules, and what is different for them.</summary>
public sealed record Segment
{
    /// <summary>The segment's key; seeds its percentage splits.</summary>
    public required string Key { get; init; }

    /// <summary>The segment's name; part of the result's reason.</summary>
    public string Name { get; init; } = "";

    /// <summary>All must match; a segment without rules never matches.</summary>
    public IReadOnlyList<SegmentRule> Rules { get; init; } = [];

    /// <summary>What is different for identities in the segment.</summary>
    public IReadOnlyList<SegmentOverride> Overrides { get; init; } = [];

    /// <summary>Anything the caller wants to find again on a result; never looked at.</summary>
    public object? Metadata { get; init; }
}

namespace EdgeProxy.Engine.Model;

/// <summary>A group of identities, defined by rules, and the overrides for them (docs/spec/evaluation.md 1.5 and 3.1).</summary>
public sealed record Segment
{
    /// <summary>The segment key, which seeds percentage splits (docs/spec/evaluation.md 5.2).</summary>
    public required string Key { get; init; }

    /// <summary>The segment name, which is part of reasons (docs/spec/evaluation.md 2.5).</summary>
    public string Name { get; init; } = "";

    /// <summary>The rules, all of which must match; a segment without rules never matches (docs/spec/evaluation.md 3.1).</summary>
    public IReadOnlyList<SegmentRule> Rules { get; init; } = [];

    /// <summary>The overrides for identities in the segment.</summary>
    public IReadOnlyList<SegmentOverride> Overrides { get; init; } = [];

    /// <summary>Anything the caller wants to find again on a result; never looked at.</summary>
    public object? Metadata { get; init; }
}

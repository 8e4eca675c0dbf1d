namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>Flags in the order of the features; names of the matching project segments in the order of the segments.</summary>
internal sealed record ReferenceResult(IReadOnlyList<ReferenceFlag> Flags, IReadOnlyList<string> Segments)
{
    /// <summary>True if flags were found to depend on themselves.</summary>
    public bool MetCycle { get; init; }
}

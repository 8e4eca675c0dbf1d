using EdgeProxy.Engine.Model;

namespace EdgeProxy.Testing;

/// <summary>One of the cross-language engine cases: what to evaluate, and what must come of it.</summary>
public sealed record EngineCase
{
    /// <summary>The file's name.</summary>
    public required string Name { get; init; }

    /// <summary>The evaluation context without its identity; features and segments in the order of the file.</summary>
    public required EnvironmentModel Model { get; init; }

    /// <summary>The context's identity; null where it has none.</summary>
    public Identity? Identity { get; init; }

    /// <summary>The flags expected, in the order of the file, which is not the order of the features.</summary>
    public IReadOnlyList<EngineCaseFlag> Flags { get; init; } = [];

    /// <summary>The matching segments expected, in order.</summary>
    public IReadOnlyList<EngineCaseSegment> Segments { get; init; } = [];
}

using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Explanation;

/// <summary>The state of a feature during an evaluation.</summary>
/// <param name="state">The environment's own state.</param>
internal sealed class FlagNode(FeatureState state)
{
    /// <summary>The environment's own state.</summary>
    public FeatureState State { get; } = state;

    /// <summary>The segment overrides, strongest first.</summary>
    public IReadOnlyList<SegmentCandidate> Candidates { get; set; } = [];

    /// <summary>The segments with an override, in the order of the document.</summary>
    public IReadOnlyList<int> Segments { get; set; } = [];

    /// <summary>The state of the resolution.</summary>
    public Resolution Resolution { get; set; }

    /// <summary>The place on the stack, while it is on it.</summary>
    public int Place { get; set; }

    /// <summary>The flag that a member of a cycle led back to.</summary>
    public FlagNode? LeadsTo { get; set; }

    /// <summary>The decision, once it is known.</summary>
    public FlagDecision? Decision { get; set; }
}

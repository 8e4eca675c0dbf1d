namespace EdgeProxy.Engine.Evaluation;

/// <summary>
/// The part of an environment whose dependencies may lead into a cycle. It is evaluated in the order of the document, by
/// <see cref="CycleEvaluation"/>; everything else is decided before.
/// </summary>
internal sealed class CyclePlan
{
    /// <summary>The features whose dependencies may lead into a cycle.</summary>
    public required CyclicFeature[] Features { get; init; }

    /// <summary>The segments that may read such a feature, in order.</summary>
    public required SegmentProgram[] Segments { get; init; }

    /// <summary>The number in <see cref="Segments"/> of each segment of the environment; -1 for the others.</summary>
    public required int[] SegmentNumbers { get; init; }
}

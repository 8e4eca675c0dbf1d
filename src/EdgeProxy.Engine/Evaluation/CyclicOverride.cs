namespace EdgeProxy.Engine.Evaluation;

/// <summary>An override whose segment may lead into a cycle.</summary>
/// <param name="Segment">The segment's number in <see cref="CyclePlan.Segments"/>.</param>
/// <param name="Rank">The override's place among the candidates of the feature, strongest first.</param>
internal readonly record struct CyclicOverride(int Segment, int Rank);

namespace EdgeProxy.Engine.Evaluation;

/// <summary>A feature that a flag path reads.</summary>
/// <param name="Place">The feature's place in the environment.</param>
/// <param name="CyclicFeature">The feature's number in <see cref="CyclePlan.Features"/>, or -1 if it reaches no cycle.</param>
/// <param name="Values">The value for each flag of the feature, by <see cref="FlagValueTable.Ordinal"/>.</param>
internal readonly record struct FlagPathCandidate(int Place, int CyclicFeature, SlotValue[] Values);

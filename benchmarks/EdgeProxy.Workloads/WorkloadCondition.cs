namespace EdgeProxy.Workloads;

/// <summary>A condition of the documents made here, and trait values to go with it.</summary>
/// <param name="Operator">The operator, as documents spell it.</param>
/// <param name="Operand">The operand.</param>
/// <param name="Matching">A value that meets it, as JSON; null where it is not about a trait.</param>
/// <param name="Failing">A value that does not.</param>
public readonly record struct WorkloadCondition(string Operator, string Operand, string? Matching, string? Failing);

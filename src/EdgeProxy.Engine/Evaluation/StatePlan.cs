namespace EdgeProxy.Engine.Evaluation;

/// <summary>The plan for a feature state.</summary>
/// <param name="Outcome">The flag without an identity, or without variants.</param>
/// <param name="Variants">The variants, if there are any.</param>
internal readonly record struct StatePlan(int Outcome, VariantPicker? Variants);

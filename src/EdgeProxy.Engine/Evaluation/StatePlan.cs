namespace EdgeProxy.Engine.Evaluation;

/// <summary>The plan for a feature state.</summary>
/// <param name="Outcome">The flag where there is nobody to pick a variant for, or no variant to pick.</param>
/// <param name="Variants">The variants, if there are any.</param>
internal readonly record struct StatePlan(int Outcome, VariantPicker? Variants);

namespace EdgeProxy.Engine.Values;

/// <summary>Thrown where compiling a document would take more steps than there are.</summary>
/// <param name="total">The steps there were.</param>
/// <param name="path">The path of the part that needed the last of them.</param>
internal sealed class StepBudgetException(long total, string path) : Exception(FormattableString.Invariant(
    $"It takes more than {total} steps to compile; the last ones were needed at {path} (large regular expressions, or very many invalid parts)."));

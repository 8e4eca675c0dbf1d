namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>
/// Every corner of the conditions of docs/spec/evaluation.md 5: a value as <see cref="SingleCondition"/> takes it, an
/// operator, an operand, and whether the condition holds. Written from the text, not from any implementation.
/// </summary>
public static partial class ConditionCases
{
    /// <summary>All cases.</summary>
    public static TheoryData<string, string, string?, bool> All
    {
        get
        {
            var all = new TheoryData<string, string, string?, bool>();
            (string Value, string Operator, string? Operand, bool Expected)[] cases =
            [
                .. Existence, .. Strings, .. Integers, .. Doubles, .. Booleans, .. Versions,
                .. Lists, .. Percentages, .. Expressions, .. Modulos,
            ];
            foreach (var (value, @operator, operand, expected) in cases)
            {
                all.Add(value, @operator, operand, expected);
            }

            return all;
        }
    }
}

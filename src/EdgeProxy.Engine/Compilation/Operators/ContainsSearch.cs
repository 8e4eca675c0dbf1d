using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Engine.Compilation.Operators;

/// <summary>The cost of searching a value for an operand.</summary>
internal static class ContainsSearch
{
    private const int BytesPerStep = 64;

    // At worst the operand is compared with the value at every position.
    private const int OperandBytesPerPass = 32;

    /// <summary>Charges for the search; false if the budget is exhausted.</summary>
    public static bool TryCharge(EvaluationFrame frame, int length, int operandLength, ConditionPlace place) =>
        frame.TryScan(length, BytesPerStep, 1 + (operandLength / OperandBytesPerPass), place);
}

using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary>Equality and order of scalars: numbers by what they are worth, strings by code point.</summary>
internal static class ScalarOrder
{
    /// <summary>Spends what comparing takes: texts of a trait may be as long as a request.</summary>
    public static bool TrySpend(PathEvaluation evaluation, ScalarValue left, ScalarValue right)
    {
        const int CharactersAStep = 64;
        return evaluation.TrySpend(1 + ((left.Text.Length + right.Text.Length) / CharactersAStep));
    }

    public static bool AreEqual(ScalarValue left, ScalarValue right) =>
        IsNumber(left) && IsNumber(right) ? NumberOrder.Compare(left, right) == 0 : left == right;

    public static bool IsLess(ScalarValue left, ScalarValue right)
    {
        if (left.Kind == ScalarKind.String && right.Kind == ScalarKind.String)
        {
            return CodePointOrder.Compare(left.Text, right.Text) < 0;
        }

        return IsNumber(left) && IsNumber(right) && NumberOrder.Compare(left, right) < 0;
    }

    private static bool IsNumber(ScalarValue value) => value.Kind is ScalarKind.Integer or ScalarKind.Double;
}

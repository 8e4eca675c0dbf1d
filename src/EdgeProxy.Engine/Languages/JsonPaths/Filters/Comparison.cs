namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary>
/// Two values compared. As in RFC 9535, 2.3.5.2.2 everything comes down to "equal" and "less", so that what has no order
/// is neither less nor greater, but less-or-equal where it is equal.
/// </summary>
internal sealed class Comparison(ValueExpression left, ComparisonOperator comparison, ValueExpression right) : LogicalExpression
{
    public override bool Test(PathEvaluation evaluation, PathNode current)
    {
        var a = left.Evaluate(evaluation, current);
        var b = right.Evaluate(evaluation, current);
        return comparison switch
        {
            ComparisonOperator.Equal => NodeOrder.AreEqual(evaluation, a, b),
            ComparisonOperator.NotEqual => !NodeOrder.AreEqual(evaluation, a, b),
            ComparisonOperator.Less => NodeOrder.IsLess(evaluation, a, b),
            ComparisonOperator.LessOrEqual => NodeOrder.IsLess(evaluation, a, b) || NodeOrder.AreEqual(evaluation, a, b),
            ComparisonOperator.Greater => NodeOrder.IsLess(evaluation, b, a),
            _ => NodeOrder.IsLess(evaluation, b, a) || NodeOrder.AreEqual(evaluation, a, b),
        };
    }
}

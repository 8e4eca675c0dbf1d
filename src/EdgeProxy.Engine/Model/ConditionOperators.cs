namespace EdgeProxy.Engine.Model;

/// <summary>The operators of conditions (docs/spec/evaluation.md 5).</summary>
public static class ConditionOperators
{
    /// <summary>True if the value is an item of the list (docs/spec/evaluation.md 5.1).</summary>
    public const string In = "IN";

    /// <summary>True if the percentage hash of segment key and value is at most the operand (docs/spec/evaluation.md 5.2).</summary>
    public const string PercentageSplit = "PERCENTAGE_SPLIT";

    /// <summary>True if there is a value (docs/spec/evaluation.md 5.3).</summary>
    public const string IsSet = "IS_SET";

    /// <summary>True if there is no value (docs/spec/evaluation.md 5.3).</summary>
    public const string IsNotSet = "IS_NOT_SET";

    /// <summary>True if the value equals the operand, converted to its type (docs/spec/evaluation.md 5.4).</summary>
    public const string Equal = "EQUAL";

    /// <summary>True if the operand can be converted to the value's type and differs (docs/spec/evaluation.md 5.4).</summary>
    public const string NotEqual = "NOT_EQUAL";

    /// <summary>True if the value is greater than the operand (docs/spec/evaluation.md 5.4).</summary>
    public const string GreaterThan = "GREATER_THAN";

    /// <summary>True if the value is greater than the operand or equal to it (docs/spec/evaluation.md 5.4).</summary>
    public const string GreaterThanInclusive = "GREATER_THAN_INCLUSIVE";

    /// <summary>True if the value is less than the operand (docs/spec/evaluation.md 5.4).</summary>
    public const string LessThan = "LESS_THAN";

    /// <summary>True if the value is less than the operand or equal to it (docs/spec/evaluation.md 5.4).</summary>
    public const string LessThanInclusive = "LESS_THAN_INCLUSIVE";

    /// <summary>True if the value is a string that contains the operand (docs/spec/evaluation.md 5.5).</summary>
    public const string Contains = "CONTAINS";

    /// <summary>True if the value is a string that does not contain the operand (docs/spec/evaluation.md 5.5).</summary>
    public const string NotContains = "NOT_CONTAINS";

    /// <summary>True if a Python regular expression matches the value, as text, at its start (docs/spec/evaluation.md 5.6).</summary>
    public const string Regex = "REGEX";

    /// <summary>True if the value modulo the divisor is the remainder; the operand is <c>divisor|remainder</c> (docs/spec/evaluation.md 5.10).</summary>
    public const string Modulo = "MODULO";
}

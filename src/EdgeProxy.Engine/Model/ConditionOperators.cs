namespace EdgeProxy.Engine.Model;

/// <summary>The operators of conditions (docs/spec/evaluation.md 5).</summary>
public static class ConditionOperators
{
    /// <summary>The value is one of a list.</summary>
    public const string In = "IN";

    /// <summary>The hash of segment key and value is at most so many percent.</summary>
    public const string PercentageSplit = "PERCENTAGE_SPLIT";

    /// <summary>There is a value.</summary>
    public const string IsSet = "IS_SET";

    /// <summary>There is no value.</summary>
    public const string IsNotSet = "IS_NOT_SET";

    /// <summary>Equal, after the operand was cast to the value's type.</summary>
    public const string Equal = "EQUAL";

    /// <summary>Unequal, after a cast that succeeded.</summary>
    public const string NotEqual = "NOT_EQUAL";

    /// <summary>The value is greater than the operand.</summary>
    public const string GreaterThan = "GREATER_THAN";

    /// <summary>The value is greater than the operand or equal to it.</summary>
    public const string GreaterThanInclusive = "GREATER_THAN_INCLUSIVE";

    /// <summary>The value is less than the operand.</summary>
    public const string LessThan = "LESS_THAN";

    /// <summary>The value is less than the operand or equal to it.</summary>
    public const string LessThanInclusive = "LESS_THAN_INCLUSIVE";

    /// <summary>The value is a string that has the operand in it.</summary>
    public const string Contains = "CONTAINS";

    /// <summary>The value is a string that does not have the operand in it.</summary>
    public const string NotContains = "NOT_CONTAINS";

    /// <summary>A regular expression, in Python's dialect, matches at the start of the value as text.</summary>
    public const string Regex = "REGEX";

    /// <summary>The value modulo a divisor is a remainder; the operand is <c>divisor|remainder</c>.</summary>
    public const string Modulo = "MODULO";
}

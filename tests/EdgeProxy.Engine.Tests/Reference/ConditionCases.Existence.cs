using static EdgeProxy.Engine.Model.ConditionOperators;

namespace EdgeProxy.Engine.Tests.Reference;

/// <content>Existence of a value; and every operator without a value or with an unknown name.</content>
public static partial class ConditionCases
{
    private static readonly (string Value, string Operator, string? Operand, bool Expected)[] Existence =
    [
        ("'x'", IsSet, null, true),
        ("''", IsSet, "", true),
        ("0", IsSet, "x", true),
        ("false", IsSet, null, true),
        ("null", IsSet, null, false),
        ("absent", IsSet, "", false),
        ("'x'", IsNotSet, null, false),
        ("''", IsNotSet, null, false),
        ("false", IsNotSet, null, false),
        ("null", IsNotSet, "x", true),
        ("absent", IsNotSet, null, true),

        ("absent", Equal, "None", false),
        ("null", Equal, "None", false),
        ("null", Equal, null, false),
        ("absent", NotEqual, "x", false),
        ("null", NotEqual, "x", false),
        ("absent", GreaterThan, "", false),
        ("absent", GreaterThanInclusive, "", false),
        ("absent", LessThan, "x", false),
        ("absent", LessThanInclusive, "x", false),
        ("absent", Contains, "", false),
        ("absent", NotContains, "x", false),
        ("null", NotContains, "x", false),
        ("absent", Regex, "", false),
        ("null", Regex, "None", false),
        ("absent", Modulo, "1|0", false),
        ("absent", In, "None,null,", false),
        ("null", In, "None,null,", false),
        ("null", In, "[null]", false),
        ("absent", PercentageSplit, "100", false),
        ("null", PercentageSplit, "100", false),

        ("'x'", "LIKE", "x", false),
        ("'x'", "equal", "x", false),
        ("'x'", "", "x", false),
        ("absent", "is_not_set", null, false),
    ];
}

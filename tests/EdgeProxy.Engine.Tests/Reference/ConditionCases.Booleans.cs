using static EdgeProxy.Engine.Model.ConditionOperators;

namespace EdgeProxy.Engine.Tests.Reference;

/// <content>Booleans: the operand is false only where it says so, in one of two spellings.</content>
public static partial class ConditionCases
{
    private static readonly (string Value, string Operator, string? Operand, bool Expected)[] Booleans =
    [
        ("true", Equal, "true", true),
        ("true", Equal, "True", true),
        ("true", Equal, "TRUE", true),
        ("true", Equal, "1", true),
        ("true", Equal, "", true),
        ("true", Equal, "x", true),
        ("true", Equal, null, true),
        ("true", Equal, "False", false),
        ("true", Equal, "false", false),
        ("true", Equal, "FALSE", true),
        ("true", Equal, "false ", true),
        ("true", Equal, "0", true),
        ("false", Equal, "false", true),
        ("false", Equal, "False", true),
        ("false", Equal, "FALSE", false),
        ("false", Equal, "0", false),
        ("false", Equal, "", false),
        ("false", Equal, null, false),
        ("false", Equal, "1.2.3:semver", false),
        ("true", NotEqual, "false", true),
        ("true", NotEqual, "true", false),
        ("false", NotEqual, null, true),
        ("false", NotEqual, "0", true),
        ("true", GreaterThan, "false", true),
        ("true", GreaterThan, "true", false),
        ("false", LessThan, "true", true),
        ("false", LessThan, "false", false),
        ("false", LessThan, null, true),
        ("true", LessThan, "true", false),
        ("true", GreaterThanInclusive, "true", true),
        ("false", GreaterThanInclusive, "true", false),
        ("false", LessThanInclusive, "False", true),
        ("true", LessThanInclusive, "False", false),
    ];
}

using static EdgeProxy.Engine.Model.ConditionOperators;

namespace EdgeProxy.Engine.Tests.Reference;

/// <content><c>MODULO</c>: floored, in doubles.</content>
public static partial class ConditionCases
{
    private static readonly string HugeNumber = "1" + new string('0', 400);

    private static readonly (string Value, string Operator, string? Operand, bool Expected)[] Modulos =
    [
        ("4", Modulo, "2|0", true),
        ("5", Modulo, "2|0", false),
        ("5", Modulo, "2|1", true),
        ("'5'", Modulo, "2|1", true),
        ("'005'", Modulo, "2|1", true),
        ("18", Modulo, "10|8.0", true),
        ("18", Modulo, "10.0|8", true),
        ("18", Modulo, " 10 | 8 ", true),
        ("18", Modulo, "1_0|+8", true),
        ("18", Modulo, "1e1|8", true),
        ("3", Modulo, "1.5|0", true),
        ("3", Modulo, "1.5|-0.0", true),
        ("7.5", Modulo, "2|1.5", true),
        ("'7.5'", Modulo, "2|1.5", true),
        ("34.2", Modulo, "4|3", false),
        ("0.3", Modulo, "0.1|0", false),

        ("-1", Modulo, "3|2", true),
        ("-1", Modulo, "3|-1", false),
        ("1", Modulo, "-3|-2", true),
        ("1", Modulo, "-3|1", false),
        ("-1", Modulo, "-3|-1", true),
        ("-3", Modulo, "3|0", true),
        ("3", Modulo, "-3|0", true),
        ("0", Modulo, "5|0", true),

        ("true", Modulo, "2|1", true),
        ("true", Modulo, "1|0", true),
        ("false", Modulo, "2|0", true),
        ("false", Modulo, "2|1", false),
        ("'true'", Modulo, "2|1", false),
        ("'abc'", Modulo, "2|0", false),
        ("''", Modulo, "2|0", false),
        ("'1e3'", Modulo, "2|0", false),
        ("' 4'", Modulo, "2|0", false),

        ("4", Modulo, "0|0", false),
        ("4", Modulo, "-0.0|0", false),
        ("4", Modulo, "0|4", false),
        ("4", Modulo, "2", false),
        ("4", Modulo, "2|", false),
        ("4", Modulo, "|0", false),
        ("4", Modulo, "|", false),
        ("4", Modulo, "", false),
        ("4", Modulo, null, false),
        ("4", Modulo, "2|0|1", false),
        ("4", Modulo, "2|0|", false),
        ("4", Modulo, "x|y", false),
        ("4", Modulo, "2|x", false),
        ("4", Modulo, "2,0", false),

        ("5", Modulo, "inf|5", true),
        ("-5", Modulo, "inf|inf", true),
        ("-5", Modulo, "-inf|-5", true),
        ("5", Modulo, "nan|5", false),
        ("5", Modulo, "2|nan", false),
        ("1e400", Modulo, "2|0", false),
        ("1e400", Modulo, "2|nan", false),
        (HugeNumber, Modulo, "2|0", false),
        (HugeNumber, Modulo, "inf|inf", false),
        // The nearest double is even.
        ("9007199254740993", Modulo, "2|0", true),
        ("9007199254740993", Modulo, "2|1", false),
        ("100000000000000000000", Modulo, "10|0", true),
        ("-100000000000000000001", Modulo, "inf|inf", true),
    ];
}

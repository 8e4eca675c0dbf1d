using static EdgeProxy.Engine.Model.ConditionOperators;

namespace EdgeProxy.Engine.Tests.Reference;

/// <content><c>REGEX</c>, with expressions that mean the same to .NET and to Python.</content>
public static partial class ConditionCases
{
    private static readonly (string Value, string Operator, string? Operand, bool Expected)[] Expressions =
    [
        ("'abc'", Regex, "a", true),
        ("'abc'", Regex, "abc", true),
        ("'abc'", Regex, "b", false),
        ("'abc'", Regex, ".*c", true),
        ("'abc'", Regex, "b$", false),
        ("'b'", Regex, "b$", true),
        ("'abc'", Regex, "^a", true),
        ("'abc'", Regex, "", true),
        ("''", Regex, "", true),
        ("''", Regex, "^$", true),
        ("'a'", Regex, "^$", false),
        ("'ABC'", Regex, "[a-z]+", false),
        ("'ABC'", Regex, "(?i)abc", true),
        ("'xabc'", Regex, "(?i)abc", false),
        ("'free'", Regex, "(free|pro)", true),
        ("'freely'", Regex, "(free|pro)", true),
        ("'free'", Regex, "x|free", true),
        ("'a\nb'", Regex, "a.b", false),
        ("'b\na'", Regex, "b$", false),
        ("'b\n'", Regex, "b$", true),
        ("'abc'", Regex, "[", false),
        ("'abc'", Regex, "(", false),
        ("'abc'", Regex, "*", false),
        // Null is the text None here as in every other cast to a string; so the engine of Flagsmith does it.
        ("'abc'", Regex, null, false),
        ("'None'", Regex, null, true),

        // As text.
        ("7", Regex, "7$", true),
        ("'007'", Regex, "0", false),
        ("'007'", Regex, "7$", true),
        ("-0", Regex, "0$", true),
        ("-5", Regex, "-5$", true),
        ("123", Regex, @"^\d{1,3}$", true),
        ("1234", Regex, @"^\d{1,3}$", false),
        ("100000000000000000001", Regex, "100000000000000000001$", true),
        ("1.5", Regex, @"1\.5$", true),
        ("'1.50'", Regex, @"1\.5$", true),
        ("'1.50'", Regex, @"1\.50", false),
        ("1.0", Regex, @"1\.0$", true),
        ("1e3", Regex, @"1000\.0$", true),
        ("1e16", Regex, @"1e\+16$", true),
        ("1e15", Regex, @"1000000000000000\.0$", true),
        ("0.0001", Regex, @"0\.0001$", true),
        ("0.00001", Regex, "1e-05$", true),
        ("0.000000123", Regex, @"1\.23e-07$", true),
        ("1e100", Regex, @"1e\+100$", true),
        ("123456789.125", Regex, @"123456789\.125$", true),
        ("-0.0", Regex, @"-0\.0$", true),
        // Two to the power of -25, for which .NET gives a digit too few.
        ("2.98023223876953125e-08", Regex, @"2\.9802322387695312e-08$", true),
        ("true", Regex, "True$", true),
        ("true", Regex, "true", false),
        ("false", Regex, "False$", true),
        ("'true'", Regex, "true$", true),
    ];
}

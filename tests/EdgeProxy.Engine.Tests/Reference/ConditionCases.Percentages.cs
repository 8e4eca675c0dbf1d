using static EdgeProxy.Engine.Model.ConditionOperators;

namespace EdgeProxy.Engine.Tests.Reference;

/// <content><c>PERCENTAGE_SPLIT</c> of a trait, in the segment with key 1; the hashes are Python's.</content>
public static partial class ConditionCases
{
    private static readonly (string Value, string Operator, string? Operand, bool Expected)[] Percentages =
    [
        ("'user_1'", PercentageSplit, "78", true),
        ("'user_1'", PercentageSplit, "77", false),
        ("'user_1'", PercentageSplit, "77.26545309061812", true),
        ("'user_1'", PercentageSplit, "77.26545309061811", false),
        ("'user_1'", PercentageSplit, "100", true),
        ("'user_1'", PercentageSplit, "1e2", true),
        ("'user_1'", PercentageSplit, " 7_8 ", true),
        ("'user_1'", PercentageSplit, "inf", true),
        ("'user_1'", PercentageSplit, "-inf", false),
        ("'user_1'", PercentageSplit, "nan", false),
        ("'user_1'", PercentageSplit, "abc", false),
        ("'user_1'", PercentageSplit, "", false),
        ("'user_1'", PercentageSplit, null, false),
        ("'user_1'", PercentageSplit, "100%", false),

        // The hashes 0, 50, just below 100, and 100, which is hashed again.
        ("'user_3819'", PercentageSplit, "0", true),
        ("'user_3819'", PercentageSplit, "-0.0", true),
        ("'user_3819'", PercentageSplit, "-1", false),
        ("'user_16419'", PercentageSplit, "50", true),
        ("'user_16419'", PercentageSplit, "49.99999999999999", false),
        ("'user_10706'", PercentageSplit, "99.98999799959992", true),
        ("'user_10706'", PercentageSplit, "99.9", false),
        ("'user_22522'", PercentageSplit, "5.781156231246249", true),
        ("'user_22522'", PercentageSplit, "5.781156231246248", false),

        // As text: 7 whatever its spelling, 1.5 and 1.50 alike, True, 1e-07.
        ("7", PercentageSplit, "3.75", true),
        ("'7'", PercentageSplit, "3.75", true),
        ("'007'", PercentageSplit, "3.75", true),
        ("7", PercentageSplit, "3.73", false),
        ("0", PercentageSplit, "55.49", true),
        ("0", PercentageSplit, "55.48", false),
        ("-0", PercentageSplit, "55.49", true),
        ("-0", PercentageSplit, "55.48", false),
        ("1.5", PercentageSplit, "50.83", true),
        ("1.5", PercentageSplit, "50.82", false),
        ("'1.50'", PercentageSplit, "50.83", true),
        ("'1.50'", PercentageSplit, "50.82", false),
        ("1.0", PercentageSplit, "14.66", true),
        ("1.0", PercentageSplit, "14.65", false),
        ("-0.0", PercentageSplit, "8.24", true),
        ("-0.0", PercentageSplit, "8.23", false),
        ("true", PercentageSplit, "23.6", true),
        ("true", PercentageSplit, "23.5", false),
        ("false", PercentageSplit, "5.6", true),
        ("false", PercentageSplit, "5.5", false),
        ("0.0000001", PercentageSplit, "69.37", true),
        ("0.0000001", PercentageSplit, "69.36", false),
        ("1e16", PercentageSplit, "14.2", true),
        ("1e16", PercentageSplit, "14.19", false),
        ("'\u00fcn\u00ef'", PercentageSplit, "98.85", true),
        ("'\u00fcn\u00ef'", PercentageSplit, "98.84", false),
        ("'\U0001d4b3'", PercentageSplit, "73.81", true),
        ("'\U0001d4b3'", PercentageSplit, "73.8", false),
        ("''", PercentageSplit, "78.48", true),
        ("''", PercentageSplit, "78.47", false),
        ("123456789012345678901234567890", PercentageSplit, "93.74", true),
        ("123456789012345678901234567890", PercentageSplit, "93.73", false),
    ];
}

namespace EdgeProxy.Engine.Tests.Reference;

/// <content>Values of traits and flags.</content>
internal static partial class Pools
{
    /// <summary>
    /// No digits beyond U+FFFF: to Python's regular expressions they are digits, to those of .NET they are not, and the
    /// reference interpreter takes .NET's.
    /// </summary>
    public static readonly string[] Strings =
    [
        "", "a", "b", "abc", "ABC", "ab", "b\n", "a\nb", "free", "pro", "a@b.com", "\u00fcn\u00ef", "\u0663",
        "\U0001d4b3", "\uffe5", "\U0001f600", "[broken", "[1", "1,2", "None", "null", "True", "true", "False", "false",
        "nan", "inf", "-inf", "007", "7", "0", "-0", "-5", "18", "42", "1.0", "1.50", "1.5", "-2.50", "-0.0", "0.1",
        " 3", "3 ", "3\n", "1_000", "+5", "1e3", "1.", ".5", "-", "9007199254740993", "100000000000000000001", Digits(60), Digits(400),
        "0." + Digits(40), Digits(400) + ".5",
        "1.2.3", "1.2.4", "10.0.0", "01.2.3", "v1.2.3", "1.2", "1.2.3.4", "1.2.3-", "1.2.3+build.5", "1.2.3+", "2.0.0", "2.0.0-beta",
        "2.0.0-BETA", "2.0.0-beta.2", "2.0.0-beta.11", "2.0.0-02", "2.0.0--", "1.2.99999999999999999999", "1.2.3 ",
        "a:semver", "is 1.2.3:semver", "user_1", "user_3819", "user_22522",
    ];

    /// <summary>The last but one is two to the power of -25, for which .NET's shortest form has a digit too few.</summary>
    public static readonly string[] Numbers =
    [
        "0", "-0", "1", "2", "3", "7", "-5", "18", "42", "1000", "0.0", "-0.0", "1.0", "1.5", "1.50", "-2.50", "0.1", "3.0",
        "1e16", "1e15", "1e-7", "0.0001", "1E3", "9007199254740992", "9007199254740993", "9007199254740993.0", "12345678901234567.0",
        "9223372036854775807", "9223372036854775808", "-9223372036854775809", "100000000000000000001", "1e308", "-1e308", "5e-324",
        "2.98023223876953125e-08", "1e400",
    ];

    private static string Digits(int count) => string.Concat(Enumerable.Repeat("1234567890", count / 10));

    /// <summary>Metadata of feature states: objects, of any content and spelling.</summary>
    public static readonly object?[] Metadata =
    [
        .. new[]
        {
            "{}", """{"experiment":{"id":1,"name":"colours","in_experiment":true}}""", """{ "a" : [1, {"feature_state_value":null}],  "b":"\u00e9\"" }""",
        }.Select(static json => (object?)System.Text.Json.JsonElement.Parse(json)),
    ];
}

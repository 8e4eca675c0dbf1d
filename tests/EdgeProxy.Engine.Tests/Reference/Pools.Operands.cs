namespace EdgeProxy.Engine.Tests.Reference;

/// <content>Operands of conditions.</content>
internal static partial class Pools
{
    /// <summary>Against strings.</summary>
    public static readonly string?[] Texts =
    [
        null, "", "None", "null", "a", "b", "abc", "ABC", "ab", "free", "a@b.com", "\u00fcn\u00ef", "\U0001d4b3", "\U0001f600", "\uffe5",
        "7", "007", "+5", " 3", "1_000", "1e3", "nan", "True", "1.2.3", ":semver", "a:semver",
    ];

    /// <summary>Against strings that look like a version.</summary>
    public static readonly string?[] Versions =
    [
        "1.2.3:semver", "1.2.4:semver", "10.0.0:semver", "01.2.3:semver", "v1.2.3:semver", "1.2:semver", "1.2.3.4:semver", "1.2.3-:semver",
        "1.2.3+build.5:semver", "1.2.3+:semver", "1.2.3-0:semver", "1.2.99999999999999999998:semver", "2.0.0:semver", "2.0.0-beta:semver",
        "2.0.0-beta.2:semver", "2.0.0-beta.11:semver", "2.0.0-beta.02:semver", "2.0.0-1:semver", ":semver", "1.2.3:SEMVER", "1.2.3",
    ];

    /// <summary>Against whole numbers.</summary>
    public static readonly string?[] Integers =
    [
        null, "", "0", "-0", "1", "2", "7", "007", "-5", "18", "42", " 3", "3 ", "\t3\n", "\u00a03", "\u30003", "\u001c3", "\u200b3", "+5", "+ 5", "--5",
        "1_000", "1__000", "_1000", "1000_", "1e3", "0x10", "1.0", "18.0", "True", "false", "None", "nan", "inf", "7:semver",
        "\u0663", "\uff11\uff18", "\U0001d7d5", "\u00b2", "9007199254740992", "9007199254740993", "9223372036854775808",
        "100000000000000000000", "100000000000000000001", Digits(60), Digits(400), Digits(4300), Digits(4310), "-" + Digits(4300), "1_" + Digits(4300),
    ];

    /// <summary>Against doubles.</summary>
    public static readonly string?[] Doubles =
    [
        null, "", "0", "-0", "1", "1.0", "1.5", "1.50", "01.5", "-2.50", "0.1", ".1", "1.", ".", "+1.5", " 1.5\n", "\u00a01.5", "\u200b1.5", "1_.5", "1._5", "1_0.5_0",
        "1e16", "1E+16", "1e", "1e1_6", "1000", "1_000", "0x1p3", "1,5", "\u0661.\uff15", "\U0001d7cf.5", "1.5.0", "1.5:semver", "True", "None",
        "inf", "-inf", "Infinity", "+INF", "infin", "nan", "-NaN", "1e308", "1e400", "-1e400", "1e-400", "9007199254740993", "12345678901234567.0", Digits(400),
    ];

    public static readonly string?[] Booleans = [null, "", "True", "true", "TRUE", "False", "false", "FALSE", "false ", "0", "1", "None", "1.2.3:semver"];

    public static readonly string?[] Lists =
    [
        null, "", ",", "None", "a,b", "a, b", "free,pro", "18,abc", "1,2,10", "7", "007", "1.5,2", "true,false", "True,False", "user_1,user_2", "a@b.com",
        "\u00fcn\u00ef,\U0001d4b3", "[]", "[1,2,18]", "[-0]", "[1.5]", "[1e3]", "[true]", "[false,null]", "[\"free\",\"pro\"]", "[\"7\",\"007\"]",
        "[\"\"]", "[\"a,b\"]", "[[\"a\"],{\"b\":1},\"abc\"]", " [1,2,18]", "[1] ", "[broken", "[1,2", "[1,]", "['a']", "[01]", "[100000000000000000001]",
        "[\"\\u00fcn\\u00ef\"]", "[1e16,0.0000001]", "[\"None\"]",
    ];

    public static readonly string?[] Percentages =
    [
        null, "", "0", "-0.0", "10", "25", "50", "50.0", "75", "99.9", "99.98999799959992", "100", "1e2", " 50 ", "5_0", "\uff15\uff10",
        "5.781156231246249", "abc", "50%", "nan", "inf", "-inf", "-1", "1e400",
    ];

    public static readonly string?[] Moduli =
    [
        null, "", "4", "|", "2|", "|0", "2|0", "2|1", "3|0", "5|2", "10|8.0", " 10 | 8 ", "1_0|8", "1|0", "1.5|0", "1.5|-0.0", "0.1|0", "-3|1", "-3|-2", "-2|-1",
        "0|0", "-0.0|0", "2|0|1", "x|y", "2|x", "2,0", "\u0662|\u0660", "inf|7", "inf|inf", "-inf|-5", "nan|0", "2|nan", "1e308|0", "1e400|7",
    ];

    /// <summary>Only what means the same to .NET and to Python.</summary>
    public static readonly string?[] Expressions =
    [
        null, "", "a", "^a", "b", "b$", "^$", ".*", ".*b", "[a-z]+", "[A-Z]+$", "(?i)abc", "(free|pro)", @"a@b\.com", @"\w+@\w+\.com", @"\d+", @"^\d{1,3}$",
        @"-?\d+\.\d+", @"\d\.\d+e[-+]\d+", "1", "None", "True", "True$", "[", "(", "*",
    ];
}

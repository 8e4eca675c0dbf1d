using static EdgeProxy.Engine.Model.ConditionOperators;

namespace EdgeProxy.Engine.Tests.Reference;

/// <content>Semantic versions: strict, by precedence, without build metadata.</content>
public static partial class ConditionCases
{
    private static readonly (string Value, string Operator, string? Operand, bool Expected)[] Versions =
    [
        ("'1.2.3'", Equal, "1.2.3:semver", true),
        ("'1.2.3'", Equal, "1.2.4:semver", false),
        ("'1.2.3'", NotEqual, "1.2.4:semver", true),
        ("'1.2.3'", NotEqual, "1.2.3:semver", false),
        ("'1.10.0'", GreaterThan, "1.9.0:semver", true),
        ("'2.0.0'", GreaterThan, "1.99.99:semver", true),
        ("'1.2.10'", GreaterThanInclusive, "1.2.9:semver", true),
        ("'1.2.3'", LessThan, "1.2.3:semver", false),
        ("'1.2.3'", LessThanInclusive, "1.2.3:semver", true),
        ("'1.2.3'", LessThan, "10.0.0:semver", true),
        ("'1.2.99999999999999999999'", GreaterThan, "1.2.99999999999999999998:semver", true),
        ("'100000000000000000000.0.0'", GreaterThan, "99999999999999999999.0.0:semver", true),

        ("'2.0.0-beta'", LessThan, "2.0.0:semver", true),
        ("'2.0.0'", GreaterThan, "2.0.0-beta.2:semver", true),
        ("'2.0.0-beta.2'", GreaterThan, "2.0.0-beta:semver", true),
        ("'2.0.0-beta.11'", GreaterThan, "2.0.0-beta.2:semver", true),
        ("'2.0.0-beta.99999999999999999999'", GreaterThan, "2.0.0-beta.99999999999999999998:semver", true),
        ("'2.0.0-rc.1'", GreaterThan, "2.0.0-beta.11:semver", true),
        ("'1.0.0-alpha.1'", LessThan, "1.0.0-alpha.beta:semver", true),
        ("'1.0.0-1'", LessThan, "1.0.0-a:semver", true),
        ("'1.0.0-1a'", GreaterThan, "1.0.0-2:semver", true),
        ("'1.0.0--'", Equal, "1.0.0--:semver", true),
        ("'1.0.0-A'", LessThan, "1.0.0-a:semver", true),
        ("'1.0.0-beta'", Equal, "1.0.0-BETA:semver", false),

        ("'1.2.3+build.5'", Equal, "1.2.3:semver", true),
        ("'1.2.3'", Equal, "1.2.3+build.5:semver", true),
        ("'1.2.3+a'", NotEqual, "1.2.3+b:semver", false),
        ("'1.2.3+a'", GreaterThanInclusive, "1.2.3+b:semver", true),
        ("'1.2.3-rc+007'", Equal, "1.2.3-rc:semver", true),

        // Not valid: nothing holds, not even that it is another version.
        ("'v1.2.3'", Equal, "1.2.3:semver", false),
        ("'1.2.3'", Equal, "v1.2.3:semver", false),
        ("'1.2.3'", NotEqual, "v1.2.4:semver", false),
        ("'v1.2.3'", NotEqual, "1.2.4:semver", false),
        ("'01.2.3'", NotEqual, "1.2.4:semver", false),
        ("'01.2.3'", Equal, "1.2.3:semver", false),
        ("'1.2.3'", LessThan, "1.2.04:semver", false),
        ("'1.2.3'", NotEqual, "1.02.4:semver", false),
        ("'1.2.3-01'", NotEqual, "1.2.3-2:semver", false),
        ("'1.2.3-0'", LessThan, "1.2.3-1:semver", true),
        ("'1.2.3-'", NotEqual, "1.2.4:semver", false),
        ("'1.2.3+'", NotEqual, "1.2.4:semver", false),
        ("'1.2.3-a..b'", NotEqual, "1.2.4:semver", false),
        ("'1.2.3-\u00e4'", NotEqual, "1.2.4:semver", false),
        ("'1.2.3 '", NotEqual, "1.2.4:semver", false),
        ("'1.2.3\n'", NotEqual, "1.2.4:semver", false),
        ("'1.2.3.4'", NotEqual, "1.2.4:semver", false),
        ("'-1.2.3'", NotEqual, "1.2.4:semver", false),
        ("'\u0661.2.3'", NotEqual, "1.2.4:semver", false),
        ("'1.2.3'", NotEqual, "1.3:semver", false),
        ("'1.2.3'", NotEqual, ":semver", false),
        ("'abc'", NotEqual, "1.2.3:semver", false),
        ("'1.2.3'", Equal, "1.2.3:SEMVER", false),
        ("'1.2.3'", Equal, "1.2.3 :semver", false),
        ("'1.2.3:semver'", Equal, "1.2.3:semver", false),

        // Numbers, before it comes to versions.
        ("'1.2'", Equal, "1.2:semver", false),
        ("'1.2'", NotEqual, "1.2.0:semver", false),
        ("'1'", LessThan, "2.0.0:semver", false),

        ("'1.2.3'", Contains, "1.2.3:semver", false),
        ("'is 1.2.3:semver'", Contains, "1.2.3:semver", false),
        ("'1.2.3'", NotContains, "1.2.3:semver", true),
        ("'is 1.2.3:semver'", NotContains, "1.2.3:semver", false),
    ];
}

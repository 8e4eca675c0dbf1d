namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>
/// Values for the generators: few enough that conditions and overrides match something, and chosen at the edges.
/// </summary>
internal static partial class Pools
{
    public static readonly string[] EnvironmentKeys = ["env", "e\u00f1v", "007"];

    public static readonly string[] EnvironmentNames = ["Production", "", "12", "1.50"];

    /// <summary>
    /// In the environment <c>env</c> the last ones hash, with segment or feature key 1 and then 78986, to 0, 50, just
    /// below 100, and 100, which is hashed again.
    /// </summary>
    public static readonly string[] Identifiers =
    [
        "user_1", "user_2", "user_3", "007", "7", "1.50", "1.5", "", "-0", "true", "\u00fcn\u00ef", "\U0001d4b3", "a,b",
        "user_873", "user_1320", "user_3816", "user_9916", "user_82", "user_3293", "user_6495", "user_4180",
    ];

    /// <summary>The last ones hash as said above in any environment.</summary>
    public static readonly string?[] IdentityKeys =
    [
        null, null, null, null, null, "", "007", "7", "1.50", "1e3", "key_1", "\u00fcn\u00ef",
        "env_user_873", "env_user_9916", "env_user_4180",
    ];

    public static readonly string[] TraitNames =
    [
        "age", "plan", "note", "version", "my trait", "traits.x", "\u00fcn\u00ef", "\U0001d4b3",
        "", "$.", "$. x", "$.weird", "$.identity.key", "$.environment.name", "$['identity']['identifier']",
    ];

    public static readonly string[] Paths =
    [
        "$.identity.identifier", "$.identity.key", "$.identity.traits.age", "$.identity.traits['plan']",
        "$.identity.traits['my trait']", "$.identity.traits.\u00fcn\u00ef", "$.identity.traits.\U0001d4b3",
        "$.environment.name", "$.environment.key", "$.environment['name']",
        "$.identity", "$.identity.traits", "$.nope.x", "$.", "$. x",
    ];

    public static readonly string[] FeatureNames = ["f1", "f2", "f3", "f4", "f5", "f6", "\u00fcn\u00ef", "\U0001d4b3", "a,b", ""];

    public static readonly string[] FeatureKeys = ["1", "78986", "2", "007", "", "\u00fcn\u00ef"];

    public static readonly string[] SegmentKeys = ["1", "78986", "2", "007", ""];

    /// <summary>One is the name that identity overrides go by.</summary>
    public static readonly string[] SegmentNames = ["segment 1", "segment 2", "segment 3", "", "\u00fcn\u00ef", "identity_overrides"];

    public static readonly string[] Weights =
    [
        "0", "-0", "1", "10", "30", "33", "50", "100", "0.0", "0.1", "1e-7", "12.50", "33.3", "50.0", "54.54", "1e1", "100.0", "1e16",
    ];

    public static readonly double?[] OverridePriorities = [null, null, 0, 1, 1, 2, -1, -5, 1.5, 0.1, -0.0, 1e300];

    public static readonly string[] UnknownTypes = ["", "all", "XOR"];

    public static readonly string[] UnknownOperators = ["", "equal", "LIKE"];
}

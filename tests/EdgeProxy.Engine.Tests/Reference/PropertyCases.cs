using EdgeProxy.Engine.Model;
using static EdgeProxy.Engine.Model.ConditionOperators;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>The value of a condition (docs/spec/evaluation.md 4): property, operator, operand, and whether it holds.</summary>
public static class PropertyCases
{
    /// <summary>For <see cref="Somebody"/>, in the environment <c>env</c>, named <c>Production</c>.</summary>
    public static TheoryData<string, string, string?, bool> ForSomebody => new()
    {
        { "age", Equal, "42", true },
        { "age", IsSet, null, true },
        { "AGE", IsSet, null, false },
        { "my trait", Equal, "yes", true },
        { "nothing", IsSet, null, false },
        { "nothing", IsNotSet, null, true },
        { "\u00fcn\u00ef", Equal, "\u0437", true },
        { "traits.age", IsNotSet, null, true },
        { "identity.identifier", IsNotSet, null, true },
        { "$", IsNotSet, null, true },

        { "$.identity.identifier", IsSet, null, true },
        { "$.identity.identifier", Equal, "12", true },
        { "$.identity.identifier", Equal, "012", true },
        { "$.identity.identifier", GreaterThan, "2", true },
        { "$.identity.identifier", In, "12", true },
        { "$.identity.identifier", In, "012", false },
        { "$.identity.identifier", Contains, "1", false },
        { "$.identity.identifier", Modulo, "12|0", true },
        { "$.identity.identifier", PercentageSplit, "16.96", true },
        { "$.identity.identifier", PercentageSplit, "16.95", false },
        { "$.identity.key", Equal, "env_012", true },
        { "$.identity.traits.age", Equal, "42", true },
        { "$.identity.traits['age']", Equal, "42", true },
        { "$.identity.traits['my trait']", Equal, "yes", true },
        { "$.identity.traits.\u00fcn\u00ef", Equal, "\u0437", true },
        { "$.identity.traits.my-plan", Equal, "gold", true },
        { "$.identity.traits.-x", IsNotSet, null, true },
        { "$.identity.traits['-x']", Equal, "hyphen", true },
        { "$.identity.traits.\U0001d4b3", IsNotSet, null, true },
        { "$.identity.traits['\U0001d4b3']", Equal, "script", true },
        { "$.identity.traits['$.']", Equal, "dot", true },
        { "$.identity.traits.nothing", IsNotSet, null, true },
        { "$.identity.traits.nothing", IsSet, null, false },
        { "$.identity.traits.missing", IsNotSet, null, true },
        { "$.identity.traits", IsSet, null, false },
        { "$.identity.traits", IsNotSet, null, true },
        { "$.identity", IsSet, null, false },
        { "$.identity", NotEqual, "x", false },
        { "$.environment.name", Equal, "Production", true },
        { "$.environment['key']", Equal, "env", true },
        { "$.environment.key", Equal, "env", true },
        { "$.environment.id", IsNotSet, null, true },
        { "$.nope.x", IsNotSet, null, true },
        { "$.nope.x", IsSet, null, false },
        { "$.environment.name.length", IsNotSet, null, true },

        // A trait of exactly that name comes first, unless it is null.
        { "$.environment['name']", Equal, "trait", true },
        { "$.environment['name']", Equal, "Production", false },
        { "$.environment.key.x", Equal, "trait", true },
        { "$.weird", Equal, "odd", true },
        { "$.", Equal, "dot", true },
        { "$. x", Equal, "blank", true },
        { "$..", IsNotSet, null, true },
        { "$['identity']['identifier']", Equal, "bracket", true },
        { "$['identity']['key']", IsNotSet, null, true },

        // Blank: the identity key for a split; for anything else a trait like any other, which is not there.
        { "", PercentageSplit, "43.95", true },
        { "", PercentageSplit, "43.94", false },
        { "", IsSet, null, false },
        { "", IsNotSet, null, true },
    };

    /// <summary>For nobody in particular, as <c>GET /flags/</c> asks.</summary>
    public static TheoryData<string, string, string?, bool> ForEnvironment => new()
    {
        { "age", IsSet, null, false },
        { "age", IsNotSet, null, true },
        { "age", NotEqual, "1", false },
        { "$.identity", IsNotSet, null, true },
        { "$.identity.identifier", IsSet, null, false },
        { "$.identity.identifier", IsNotSet, null, true },
        { "$.identity.key", IsNotSet, null, true },
        { "$.identity.traits.age", IsNotSet, null, true },
        { "$.environment.name", Equal, "Production", true },
        { "$.environment.key", Equal, "env", true },
        { "$.environment.key", PercentageSplit, "100", true },
        { "$.", IsNotSet, null, true },
        { "", PercentageSplit, "100", false },
        { "", IsNotSet, null, true },
    };

    /// <summary>The identity of <see cref="ForSomebody"/>.</summary>
    internal static Identity Somebody => new("012")
    {
        Traits = new Dictionary<string, ScalarValue>(StringComparer.Ordinal)
        {
            ["age"] = 42,
            ["my trait"] = "yes",
            ["my-plan"] = "gold",
            ["-x"] = "hyphen",
            ["\U0001d4b3"] = "script",
            ["nothing"] = ScalarValue.Null,
            ["\u00fcn\u00ef"] = "\u0437",
            ["$.environment.name"] = ScalarValue.Null,
            ["$.environment['name']"] = "trait",
            ["$.environment.key.x"] = "trait",
            ["$.weird"] = "odd",
            ["$."] = "dot",
            ["$. x"] = "blank",
            ["$['identity']['identifier']"] = "bracket",
        },
    };
}

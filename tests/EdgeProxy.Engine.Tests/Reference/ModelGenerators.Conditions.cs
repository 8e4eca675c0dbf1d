using System.Globalization;
using System.Numerics;
using System.Text.Json;
using EdgeProxy.Engine.Model;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeProxy.Engine.Tests.Reference;

/// <content>Conditions.</content>
internal static partial class ModelGenerators
{
    private static readonly string[] KnownOperators =
    [
        ConditionOperators.In, ConditionOperators.PercentageSplit, ConditionOperators.IsSet, ConditionOperators.IsNotSet,
        ConditionOperators.Equal, ConditionOperators.NotEqual,
        ConditionOperators.GreaterThan, ConditionOperators.GreaterThanInclusive,
        ConditionOperators.LessThan, ConditionOperators.LessThanInclusive,
        ConditionOperators.Contains, ConditionOperators.NotContains, ConditionOperators.Regex, ConditionOperators.Modulo,
    ];

    private static Gen<SegmentCondition> Condition(string segmentKey, ReferenceContext context) =>
        from property in Gen.Frequency(
            (6, Gen.Elements(context.Identity is { Traits: { Count: > 0 } traits } ? [.. traits.Keys] : Pools.Paths)),
            (2, Gen.Elements(Pools.TraitNames)),
            (3, Gen.Elements(Pools.Paths)),
            (1, Gen.Constant("")))
        from @operator in Gen.Frequency((20, Gen.Elements(KnownOperators)), (1, Gen.Elements(Pools.UnknownOperators)))
        let question = new SegmentCondition { Property = property, Operator = @operator }
        from operand in Operand(@operator, context.ValueFor(question), segmentKey)
        from list in ListOperand(@operator, context.ValueFor(question))
        select question with { Value = operand, Values = list };

    /// <summary>From the pool of the operator or of the value's type, or close to the value itself.</summary>
    private static Gen<string?> Operand(string @operator, object? value, string segmentKey) => @operator switch
    {
        ConditionOperators.In => Near(Pools.Lists, value is null ? [] : Lists(PythonText.Of(value))),
        ConditionOperators.PercentageSplit => Near(Pools.Percentages, value is null ? [] : [HashText(segmentKey, PythonText.Of(value))]),
        ConditionOperators.Modulo => Gen.Elements(Pools.Moduli),
        ConditionOperators.Regex => Gen.Elements(Pools.Expressions),
        _ => value switch
        {
            BigInteger => Near(Pools.Integers, Neighbours(value)),
            double => Near(Pools.Doubles, Neighbours(value)),
            bool => Near(Pools.Booleans, Neighbours(value)),
            string text when text.Count(character => character == '.') > 1 => Near(Pools.Versions, Neighbours(value)),
            string => Near(Pools.Texts, Neighbours(value)),
            _ => Gen.Elements(Pools.Texts),
        },
    };

    private static Gen<string?> Near(string?[] pool, string?[] close) =>
        close.Length == 0 ? Gen.Elements(pool) : Gen.OneOf(Gen.Elements(pool), Gen.Elements(close));

    /// <summary>Mostly none, and not only where it is looked at.</summary>
    private static Gen<IReadOnlyList<string>?> ListOperand(string @operator, object? value)
    {
        var none = Gen.Constant<IReadOnlyList<string>?>(null);
        var list =
            from items in Some(Gen.Elements(PythonText.Of(value), "a", "7", "007", "", "[1]", "a,b", "None"), 3)
            select (IReadOnlyList<string>?)items;
        return @operator == ConditionOperators.In ? Gen.Frequency((3, none), (1, list)) : Gen.Frequency((30, none), (1, list));
    }

    private static string[] Lists(string text) =>
    [
        text,
        $"x,{text},y",
        $"{text}, y",
        $"[{JsonSerializer.Serialize(text)}]",
        $"[{text}]",
        $"[1,{text},\"x\"]",
        $"[{text}",
    ];

    private static string[] Neighbours(object value)
    {
        var text = PythonText.Of(value);
        return value switch
        {
            BigInteger integer =>
            [
                text, $" {text}\n", $"00{text}", $"{text}.0", $"{text}:semver",
                (integer + 1).ToString(CultureInfo.InvariantCulture), (integer - 1).ToString(CultureInfo.InvariantCulture),
            ],
            double real =>
            [
                text, $"+{text}", $"\t{text}", PythonText.Of(Math.BitIncrement(real)), PythonText.Of(Math.BitDecrement(real)),
            ],
            bool => [text, text.ToUpperInvariant(), "False", "false", ""],
            _ =>
            [
                text, text.ToUpperInvariant(), $"{text}a", $"{text}:semver", $"{text}+b:semver",
                // Of these two the order in UTF-16 is not that of the code points.
                .. text.Any(char.IsSurrogate) || text == "\uffe5" ? (string[])["\uffe5", "\U0001d4b3", "\uffe5", "\U0001d4b3"] : [],
                .. text.EnumerateRunes().Select(rune => rune.ToString()).Distinct(StringComparer.Ordinal).Take(3),
            ],
        };
    }
}

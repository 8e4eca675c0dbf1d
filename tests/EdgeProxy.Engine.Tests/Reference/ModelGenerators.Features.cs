using System.Numerics;
using EdgeProxy.Engine.Model;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeProxy.Engine.Tests.Reference;

/// <content>Feature states and their variants, and overrides.</content>
internal static partial class ModelGenerators
{
    private static readonly BigInteger?[] VariantPriorities = [null, 1, 1, 2, 3, -1, BigInteger.Pow(2, 127)];

    private static Gen<FeatureState> State(ReferenceContext context) =>
        from name in Gen.Elements(Pools.FeatureNames)
        from key in Gen.Elements(Pools.FeatureKeys)
        from id in Gen.Choose(1, 10)
        from enabled in Gen.Elements(true, false)
        from value in Scalar
        from variants in Gen.Frequency((3, Gen.Constant(new List<Variant>())), (2, Some(Variant(key, context), 4)))
        from metadata in Gen.Frequency((4, Gen.Constant<object?>(null)), (1, Gen.Elements(Pools.Metadata)))
        select new FeatureState { Name = name, Key = key, FeatureId = id, Enabled = enabled, Value = value, Variants = variants, Metadata = metadata };

    private static Gen<Variant> Variant(string featureKey, ReferenceContext context) =>
        from value in Scalar
        from key in Gen.Elements(null, "red", "blue", "control")
        from weight in Gen.Frequency((5, Gen.Elements(Pools.Weights)), (1, Gen.Constant(HashText(featureKey, context.IdentityKey ?? ""))))
        from priority in Gen.Elements(VariantPriorities)
        select new Variant { Value = value, Key = key, Weight = ScalarValue.FromJsonNumber(weight), Priority = priority };

    private static Gen<SegmentOverride> SegmentOverride(ReferenceContext context) =>
        from state in State(context)
        from priority in Gen.Elements(Pools.OverridePriorities)
        select new SegmentOverride { State = state, Priority = priority };

    /// <summary>Half of them for the identity itself; they may have variants, which must not count.</summary>
    private static Gen<IdentityOverride> IdentityOverride(ReferenceContext context) =>
        from identifier in Gen.OneOf(Gen.Elements(Pools.Identifiers), Gen.Constant(context.Identity?.Identifier ?? ""))
        from states in Some(State(context), 3)
        select new IdentityOverride { Identifier = identifier, States = states };

    /// <summary>The hash to its last digit: just in reach of a limit, or just out of it.</summary>
    private static string HashText(string id, string key) => PythonText.Of(ReferenceHash.Of(id, key));
}

using EdgeProxy.Engine.Model;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>
/// Random models and identities. The identity comes first, and the model is made with an eye on it: half of the operands
/// and some of the weights are taken from its values and hashes, so that conditions often hold, and hold just so.
/// </summary>
internal static partial class ModelGenerators
{
    /// <summary>Models, each with somebody or nobody to evaluate it for.</summary>
    public static Gen<(EnvironmentModel Model, Identity? Identity)> Cases =>
        from environmentKey in Gen.Elements(Pools.EnvironmentKeys)
        from environmentName in Gen.Elements(Pools.EnvironmentNames)
        from identity in Gen.Frequency((1, Gen.Constant<Identity?>(null)), (7, Identity.Select(identity => (Identity?)identity)))
        let empty = new EnvironmentModel { Key = environmentKey, Name = environmentName }
        let context = new ReferenceContext(empty, identity)
        from features in Some(State(context), 8)
        from segments in Some(Segment(context), 12)
        from overrides in Some(IdentityOverride(context), 4)
        select (empty with { Features = features, Segments = segments, IdentityOverrides = overrides }, identity);

    private static Gen<Identity> Identity =>
        from identifier in Gen.Elements(Pools.Identifiers)
        from key in Gen.Elements(Pools.IdentityKeys)
        from traits in Some(Gen.Elements(Pools.TraitNames).Zip(Scalar), 12)
        select new Identity(identifier)
        {
            Key = key,
            Traits = traits.GroupBy(trait => trait.Item1, StringComparer.Ordinal)
                .ToDictionary(same => same.Key, same => same.Last().Item2, StringComparer.Ordinal),
        };

    private static Gen<ScalarValue> Scalar => Gen.Frequency(
        (5, Gen.Elements(Pools.Strings).Select(text => (ScalarValue)text)),
        (3, Gen.Elements(Pools.Numbers).Select(ScalarValue.FromJsonNumber)),
        (1, Gen.Elements(true, false).Select(truth => (ScalarValue)truth)),
        (1, Gen.Constant(ScalarValue.Null)));

    /// <summary>A list of at most so many.</summary>
    private static Gen<List<T>> Some<T>(Gen<T> item, int most) =>
        from count in Gen.Choose(0, most)
        from items in item.ListOf(count)
        select items.ToList();
}

using EdgeProxy.Engine.Languages.JsonPaths;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>
/// The evaluation context as the tree that JSONPath queries: <c>environment</c>, <c>features</c>, <c>segments</c>, and
/// <c>identity</c> if there is one, in this order, which decides what a query finds first.
/// </summary>
internal static class ContextTree
{
    public const string Environment = "environment";
    public const string Identity = "identity";
    public const string Identifier = "identifier";
    public const string Key = "key";
    public const string Traits = "traits";
    private const string Name = "name";
    private const string Value = "value";
    private const string Rules = "rules";

    /// <summary>The part that is the same for every request.</summary>
    public static PathNode OfEnvironment(EnvironmentModel model) => PathNode.Object(
    [
        OfNames(model),
        new("features", Keyed(model.Features, static feature => feature.Name, OfFeature)),
        new("segments", Keyed(model.Segments, static segment => segment.Key, OfSegment)),
    ]);

    /// <summary>The member that identifies the environment.</summary>
    public static KeyValuePair<string, PathNode> OfNames(EnvironmentModel model) =>
        new(Environment, PathNode.Object([Text(Key, model.Key), Text(Name, model.Name)]));

    /// <summary>Creates the whole context.</summary>
    public static PathNode WithIdentity(PathNode environment, PathNode identity) =>
        PathNode.Object([.. environment.Members, new(Identity, identity)]);

    /// <summary>The identity.</summary>
    /// <param name="identifier">The identifier.</param>
    /// <param name="key">The identity key.</param>
    /// <param name="traits">The traits in the order of the request; of those with the same key the last one counts.</param>
    public static PathNode OfIdentity(string identifier, string key, IEnumerable<KeyValuePair<string, ScalarValue>> traits) =>
        PathNode.Object(
        [
            Text(Identifier, identifier),
            Text(Key, key),
            new(Traits, Keyed([.. traits], static trait => trait.Key, static trait => PathNode.Of(trait.Value))),
        ]);

    private static PathNode OfFeature(FeatureState state) => PathNode.Object(
    [
        Text(Key, state.Key),
        Text(Name, state.Name),
        new("enabled", PathNode.Of(state.Enabled)),
        new(Value, PathNode.Of(state.Value)),
        new("variants", PathNode.Array([.. state.Variants.Select(OfVariant)])),
    ]);

    private static PathNode OfVariant(Variant variant) => PathNode.Object(
    [
        new(Value, PathNode.Of(variant.Value)),
        new(Key, PathNode.Of(variant.Key)),
        new("weight", PathNode.Of(variant.Weight)),
        new("priority", PathNode.Of(variant.Priority is { } priority ? priority : ScalarValue.Null)),
    ]);

    private static PathNode OfSegment(Segment segment) => PathNode.Object(
    [
        Text(Key, segment.Key),
        Text(Name, segment.Name),
        new(Rules, PathNode.Array([.. segment.Rules.Select(OfRule)])),
        new("overrides", PathNode.Array([.. segment.Overrides.Select(static item => OfFeature(item.State))])),
    ]);

    private static PathNode OfRule(SegmentRule rule) => PathNode.Object(
    [
        Text("type", rule.Type),
        new("conditions", PathNode.Array([.. rule.Conditions.Select(OfCondition)])),
        new(Rules, PathNode.Array([.. rule.Rules.Select(OfRule)])),
    ]);

    private static PathNode OfCondition(SegmentCondition condition) => PathNode.Object(
    [
        Text("property", condition.Property),
        Text("operator", condition.Operator),
        new(Value, condition.Values is { } values
            ? PathNode.Array([.. values.Select(static value => PathNode.Of(value))])
            : PathNode.Of(condition.Value)),
    ]);

    /// <summary>Creates an object; a repeated name keeps its first position and its last content.</summary>
    private static PathNode Keyed<T>(IReadOnlyList<T> items, Func<T, string> name, Func<T, PathNode> node)
    {
        var members = new OrderedDictionary<string, PathNode>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            members[name(item)] = node(item);
        }

        return PathNode.Object([.. members]);
    }

    private static KeyValuePair<string, PathNode> Text(string name, string value) => new(name, PathNode.Of(value));
}

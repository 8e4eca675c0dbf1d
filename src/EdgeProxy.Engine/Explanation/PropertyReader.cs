using EdgeProxy.Engine.Compilation.Properties;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Languages.JsonPaths;
using EdgeProxy.Engine.Languages.JsonPaths.Queries;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Explanation;

/// <summary>Finds the values of conditions (docs/spec/evaluation.md 4, docs/spec/flag-dependencies.md 2).</summary>
internal sealed class PropertyReader
{
    private const string PathStart = "$.";

    private readonly EnvironmentModel _model;
    private readonly Identity? _identity;
    private readonly string? _identityKey;
    private readonly EvaluationTrace _trace;
    private readonly EvaluationFrame _frame;
    private readonly Lazy<PathNode> _names;
    private readonly Lazy<PathNode> _context;
    private readonly Dictionary<string, FoundValue> _queried = new(StringComparer.Ordinal);

    /// <param name="model">The environment.</param>
    /// <param name="identity">The identity, if there is one.</param>
    /// <param name="identityKey">Its key.</param>
    /// <param name="trace">Has the flags.</param>
    /// <param name="frame">Has the budget of steps.</param>
    public PropertyReader(EnvironmentModel model, Identity? identity, string? identityKey, EvaluationTrace trace, EvaluationFrame frame)
    {
        _model = model;
        _identity = identity;
        _identityKey = identityKey;
        _trace = trace;
        _frame = frame;
        _names = new Lazy<PathNode>(() => WithIdentity(PathNode.Object([ContextTree.OfNames(_model)])));
        _context = new Lazy<PathNode>(() => WithIdentity(ContextTree.OfEnvironment(_model)));
    }

    /// <summary>Finds the value of a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="walker">Evaluates segments, if a flag has to be resolved.</param>
    public FoundValue Find(SegmentCondition condition, SegmentWalker walker)
    {
        var property = condition.Property;
        if (property.Length == 0)
        {
            return condition.Operator == ConditionOperators.PercentageSplit && _identityKey is not null
                ? new FoundValue(ValueOrigin.IdentityKey, _identityKey)
                : FoundValue.Missing;
        }

        var isSent = TryGetTrait(property, out var trait);
        if (trait.Kind != ScalarKind.Null)
        {
            return new FoundValue(ValueOrigin.Trait, trait);
        }

        return property.StartsWith(PathStart, StringComparison.Ordinal) ? FindPath(property, walker)
            : new FoundValue(isSent ? ValueOrigin.NullTrait : ValueOrigin.Missing);
    }

    private bool TryGetTrait(string name, out ScalarValue value)
    {
        value = default;
        return _identity is not null && _identity.Traits.TryGetValue(name, out value);
    }

    private FoundValue FindPath(string property, SegmentWalker walker)
    {
        if (!JsonPathQuery.TryParse(property, out var query, out _))
        {
            return new FoundValue(ValueOrigin.InvalidPath);
        }

        if (FlagPath.From(query) is { } path)
        {
            return ReadFlags(path, walker);
        }

        if (!_queried.TryGetValue(property, out var found))
        {
            _queried.Add(property, found = Query(query));
        }

        return found;
    }

    private FoundValue Query(JsonPathQuery query)
    {
        if (query.SingularSteps is { } steps)
        {
            // Most paths lead to the identity or to the name of the environment, for which the whole tree is not needed.
            var root = steps[0].Name is ContextTree.Identity or ContextTree.Environment ? _names.Value : _context.Value;
            return ValueOf(query.First(root));
        }

        if (!_frame.TryQuery(query, _context.Value, out var node))
        {
            return new FoundValue(ValueOrigin.Path, IsAborted: true);
        }

        return ValueOf(node);
    }

    private static FoundValue ValueOf(PathNode? node) =>
        node is { Kind: PathNodeKind.Scalar, Scalar.Kind: not ScalarKind.Null } ? new FoundValue(ValueOrigin.Path, node.Scalar) : FoundValue.Missing;

    private FoundValue ReadFlags(FlagPath path, SegmentWalker walker)
    {
        var anyCircular = false;
        string? read = null;
        foreach (var name in path.Features)
        {
            var decision = _trace.Read(name, walker, out var isCircular);
            anyCircular |= isCircular;
            read = isCircular || decision is not null || read is null ? name : read;
            if (decision is not null && TryRead(decision, path.Fields, out var field, out var value))
            {
                return new FoundValue(ValueOrigin.Flag, value, name, IsState: field == FlagField.Enabled);
            }
        }

        return new FoundValue(ValueOrigin.Missing, default, read, anyCircular);
    }

    /// <summary>Reads the first field that there is; false if there is none.</summary>
    private static bool TryRead(FlagDecision decision, FlagFields fields, out FlagField field, out ScalarValue value)
    {
        field = default;
        value = default;
        foreach (var candidate in fields.Fields)
        {
            var metadata = ScalarValue.Null;
            if (candidate == FlagField.Metadata && !fields.Metadata.TryRead(decision.State.FeatureId, decision.State.Metadata, out metadata))
            {
                continue;
            }

            field = candidate;
            value = candidate switch
            {
                FlagField.Enabled => decision.Flag.Enabled,
                FlagField.Value => decision.Flag.Value,
                FlagField.Variant => decision.Flag.Variant,
                FlagField.Reason => decision.Flag.Reason,
                FlagField.Name => decision.Flag.Name,
                FlagField.Metadata => metadata,
                _ => ScalarValue.Null, // an object
            };
            return true;
        }

        return false;
    }

    private PathNode WithIdentity(PathNode environment) => _identity is null ? environment
        : ContextTree.WithIdentity(environment, ContextTree.OfIdentity(_identity.Identifier, _identityKey!, _identity.Traits));
}

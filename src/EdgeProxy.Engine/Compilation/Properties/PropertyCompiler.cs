using System.Text;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Languages.JsonPaths;
using EdgeProxy.Engine.Languages.JsonPaths.Queries;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Compilation.Properties;

/// <summary>
/// Resolves the properties of conditions (docs/spec/evaluation.md 4), and numbers the traits that they read.
/// </summary>
internal sealed class PropertyCompiler
{
    private const string PathStart = "$.";

    private readonly Utf8Index _traits = new();
    private readonly PathNode _environment;
    private readonly Lazy<PathNode> _constants;
    private readonly Dictionary<string, PropertySource> _sources = new(StringComparer.Ordinal);
    private readonly StepBudget _budget;

    /// <param name="model">The environment.</param>
    /// <param name="flagPaths">The flag paths of all conditions; null if none reads a flag.</param>
    /// <param name="budget">Pays for queries.</param>
    public PropertyCompiler(EnvironmentModel model, FlagPathTable? flagPaths, StepBudget budget)
    {
        _budget = budget;
        FlagPaths = flagPaths;
        _environment = PathNode.Object([ContextTree.OfNames(model)]);
        _constants = new Lazy<PathNode>(() => ContextTree.OfEnvironment(model));
    }

    /// <summary>The part of the context that is the same for every request. Large, and seldom used.</summary>
    public PathNode Constants => _constants.Value;

    /// <summary>The flag paths of all conditions; null if none reads a flag.</summary>
    public FlagPathTable? FlagPaths { get; }

    /// <summary>The traits that conditions read so far.</summary>
    public Utf8Index Traits => _traits;

    /// <summary>Indicates whether some property so far needs a query over the whole context.</summary>
    public bool HasQueries { get; private set; }

    /// <summary>Resolves a property; an empty one resolves to nothing.</summary>
    public PropertySource Resolve(string property)
    {
        if (property.Length == 0)
        {
            return PropertySource.Nothing;
        }

        if (!_sources.TryGetValue(property, out var source))
        {
            source = property.StartsWith(PathStart, StringComparison.Ordinal)
                ? ResolvePath(property)
                : new PropertySource { Slot = SlotOf(property) };
            _sources.Add(property, source);
        }

        return source;
    }

    /// <summary>A trait with exactly that name has precedence over a path.</summary>
    private PropertySource ResolvePath(string property)
    {
        var named = new PropertySource { Slot = SlotOf(property) };
        if (!JsonPathQuery.TryParse(property, out var query, out _, _budget))
        {
            return named;
        }

        if (FlagPaths is not null && FlagPath.From(query) is not null)
        {
            return FlagPaths.Find(property) is var path and not FlagPathTable.NoPath ? named with { FallbackFlagPath = path } : named;
        }

        if (query.SingularSteps is { } steps)
        {
            return steps[0].Name switch
            {
                ContextTree.Identity => named with { FallbackSlot = SlotOfIdentityPath(steps) },
                ContextTree.Environment => named with { FallbackConstant = Follow(_environment, steps) },
                _ => named with { FallbackConstant = Follow(Constants, steps) },
            };
        }

        HasQueries = true;
        return named with { FallbackQuery = query };
    }

    private int? SlotOfIdentityPath(IReadOnlyList<PathStep> steps) => steps switch
    {
        [_, { Name: ContextTree.Identifier }] => SnapshotSlots.Identifier,
        [_, { Name: ContextTree.Key }] => SnapshotSlots.IdentityKey,
        [_, { Name: ContextTree.Traits }, { Name: { } trait }] => SlotOf(trait),
        _ => null, // an object, or missing
    };

    private int SlotOf(string trait) => SnapshotSlots.OfTrait(_traits.Add(Encoding.UTF8.GetBytes(trait)));

    /// <summary>Reads the scalar at the end of a path; null if there is none.</summary>
    private static ScalarValue? Follow(PathNode start, IReadOnlyList<PathStep> steps)
    {
        var node = start;
        foreach (var step in steps)
        {
            node = Next(node, step);
            if (node is null)
            {
                return null;
            }
        }

        // Not "? : null": a null beside a scalar is the value null, not a missing one.
        return node.Kind == PathNodeKind.Scalar ? node.Scalar : default(ScalarValue?);
    }

    private static PathNode? Next(PathNode node, PathStep step)
    {
        if (step.Name is { } name)
        {
            return node.Kind == PathNodeKind.Object && node.TryGetMember(name, out var member) ? member : null;
        }

        if (node.Kind != PathNodeKind.Array)
        {
            return null;
        }

        var index = step.Index < 0 ? step.Index + node.Items.Count : step.Index;
        return index >= 0 && index < node.Items.Count ? node.Items[(int)index] : null;
    }
}

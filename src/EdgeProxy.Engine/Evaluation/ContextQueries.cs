using System.Text;
using EdgeProxy.Engine.Languages.JsonPaths;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Evaluation;

/// <summary>
/// The data for whole JSONPath queries, for the rare environment that has a condition with one: everything else compiles
/// to slots and constants.
/// </summary>
internal sealed class ContextQueries
{
    private readonly PathNode? _environment;
    private readonly bool _forFlags;

    /// <param name="environment">The part of the context that is the same for every request; null if no query uses it.</param>
    /// <param name="forFlags">True if flags depend on a query, not just segments without overrides.</param>
    public ContextQueries(PathNode? environment, bool forFlags)
    {
        _environment = environment;
        _forFlags = forFlags;
    }

    /// <summary>Determines whether an evaluation of that scope may run a query.</summary>
    public bool AreAsked(EvaluationScope scope) => _environment is not null && (_forFlags || scope == EvaluationScope.FlagsAndSegments);

    /// <summary>Creates the whole context as a tree.</summary>
    public PathNode BuildContext(
        bool hasIdentity,
        ReadOnlySpan<byte> identifier,
        ReadOnlySpan<byte> identityKey,
        IReadOnlyList<KeyValuePair<string, ScalarValue>>? traits)
    {
        var environment = _environment ?? PathNode.Object([]);
        return hasIdentity
            ? ContextTree.WithIdentity(
                environment,
                ContextTree.OfIdentity(Encoding.UTF8.GetString(identifier), Encoding.UTF8.GetString(identityKey), traits ?? []))
            : environment;
    }
}

using System.Diagnostics.CodeAnalysis;
using EdgeProxy.Engine.Languages.JsonPaths.Parsing;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Languages.JsonPaths.Queries;

/// <summary>
/// A JSONPath query (RFC 9535), the whole language. Immutable and safe to share between threads. Written to be clear
/// and to hold up under hostile text and data, not to be fast: queries with <see cref="SingularSteps"/> are for
/// callers to take those steps themselves.
/// </summary>
internal sealed class JsonPathQuery
{
    private readonly SegmentChain _segments;

    private JsonPathQuery(SegmentChain segments) => _segments = segments;

    /// <summary>
    /// The steps, where the query is singular in the sense of the grammar of RFC 9535, 2.3.5.1: child segments of one
    /// name or index each, without blanks inside their brackets. Null otherwise, also where there happens to be one
    /// result at most.
    /// </summary>
    public IReadOnlyList<PathStep>? SingularSteps => _segments.SingularSteps;

    /// <summary>The member names that each segment selects, in order; null for a segment that can select others.</summary>
    public IReadOnlyList<IReadOnlyList<string>?> MemberNames => _segments.MemberNames;

    /// <summary>Reads a query.</summary>
    /// <param name="text">The query, from <c>$</c> to its end.</param>
    /// <param name="query">The query, if the text is one.</param>
    /// <param name="error">Otherwise what is wrong, and at which offset in UTF-16 units.</param>
    /// <param name="budget">Pays for the instructions of regular expressions beyond their length; null for no limit.</param>
    /// <returns>True if the text is well-formed and valid.</returns>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out JsonPathQuery? query,
        [NotNullWhen(false)] out string? error,
        StepBudget? budget = null)
    {
        var parser = new PathParser(text, budget);
        if (parser.ParseQuery() is { } segments)
        {
            query = new JsonPathQuery(segments);
            error = null;
            return true;
        }

        query = null;
        error = parser.Error;
        return false;
    }

    /// <summary>The first node of the result, or null if there is none.</summary>
    public PathNode? First(PathNode root) => First(root, PathEvaluation.MaxSteps, out _, out _);

    /// <summary>The first node of the result, or null if there is none.</summary>
    /// <param name="root">The root of the tree to query.</param>
    /// <param name="maxSteps">The steps it may take; there is a limit of its own, too.</param>
    /// <param name="steps">The steps it took.</param>
    /// <param name="isAborted">True if the query costs more than that; there is no result then.</param>
    public PathNode? First(PathNode root, int maxSteps, out int steps, out bool isAborted) =>
        Select(root, maxSteps, out steps, out isAborted) is [var first, ..] ? first : null;

    /// <summary>
    /// The resulting nodelist. Where the RFC leaves the order open, members come in the order they have. Empty when the
    /// query costs more than a run may (see <see cref="PathEvaluation"/>).
    /// </summary>
    public IReadOnlyList<PathNode> Select(PathNode root) => Select(root, PathEvaluation.MaxSteps, out _, out _);

    private List<PathNode> Select(PathNode root, int maxSteps, out int steps, out bool isAborted)
    {
        var evaluation = new PathEvaluation(root, Math.Min(maxSteps, PathEvaluation.MaxSteps));
        var nodes = _segments.Select(evaluation, root);
        isAborted = evaluation.IsExhausted;
        steps = evaluation.Steps;
        return isAborted ? [] : nodes;
    }
}

using EdgeProxy.Engine.Differences;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Changes;

/// <summary>A change of an environment: the replacement of one version by the next.</summary>
/// <param name="ServedSince">The time since when the later version is served.</param>
/// <param name="Before">The revision of the earlier version.</param>
/// <param name="After">The revision of the later version.</param>
/// <param name="UpdatedAt">The time of change of the later version; null if it has none.</param>
/// <param name="Origin">The origin of the later version.</param>
/// <param name="CompileTime">The time that checking and compiling it took.</param>
/// <param name="Impact">Its effect on the identities that asked lately; null if it was not measured.</param>
/// <param name="Summary">The differences in one line.</param>
/// <param name="Differences">The differences, up to <see cref="MaxDifferences"/>.</param>
/// <param name="Count">The number of all differences.</param>
internal sealed record RecordedChange(
    DateTimeOffset ServedSince,
    string Before,
    string After,
    DateTimeOffset? UpdatedAt,
    DocumentOrigin Origin,
    TimeSpan CompileTime,
    AnswerImpact? Impact,
    string Summary,
    IReadOnlyList<EnvironmentChange> Differences,
    int Count)
{
    /// <summary>The maximum number of differences that are kept of a change.</summary>
    public const int MaxDifferences = 50;
}

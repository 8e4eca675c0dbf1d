using EdgeProxy.Engine.Differences;

namespace EdgeProxy.Host.Changes;

/// <summary>The differences of a held version from the one that is served.</summary>
/// <param name="Content">The digest of its content.</param>
/// <param name="Summary">The differences in one line.</param>
/// <param name="Differences">The differences, up to <see cref="RecordedChange.MaxDifferences"/>.</param>
/// <param name="Count">The number of all differences.</param>
internal sealed record HeldChange(UInt128 Content, string Summary, IReadOnlyList<EnvironmentChange> Differences, int Count);

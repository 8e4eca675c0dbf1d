namespace EdgeProxy.Host.Testing;

/// <summary>An answer that was passed on.</summary>
/// <param name="Status">Its status.</param>
/// <param name="IfNoneMatch">The entity tag that was asked with; empty for none.</param>
/// <param name="EntityTag">The entity tag of the answer; empty for none.</param>
internal sealed record RelayedAnswer(int Status, string IfNoneMatch, string EntityTag);

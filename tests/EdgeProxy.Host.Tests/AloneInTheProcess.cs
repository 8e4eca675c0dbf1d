namespace EdgeProxy.Host.Tests;

/// <summary>Tests that count what the whole process does: no others run meanwhile.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;

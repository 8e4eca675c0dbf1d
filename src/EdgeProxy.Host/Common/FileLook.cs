namespace EdgeProxy.Host.Common;

/// <summary>The outcome of one look at followed files.</summary>
/// <param name="Stamps">The files as they were just before they were read.</param>
/// <param name="Change">The change; null if there is none.</param>
internal sealed record FileLook<T>(FileStamp[] Stamps, FileChange<T>? Change)
    where T : class;

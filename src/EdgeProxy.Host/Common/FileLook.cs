namespace EdgeProxy.Host.Common;

/// <summary>The outcome of one check of watched files.</summary>
/// <param name="Stamps">The stamps of the files just before they were read.</param>
/// <param name="Change">The change; null if there is none.</param>
internal sealed record FileLook<T>(FileStamp[] Stamps, FileChange<T>? Change)
    where T : class;

using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Offline;

/// <summary>An environment that is served without an upstream.</summary>
internal sealed class OfflineDocument
{
    private byte[]? _content;

    /// <param name="environment">The environment.</param>
    /// <param name="content">Its document as it was read at the start.</param>
    /// <param name="path">The file to watch; null for a document that does not come from one.</param>
    /// <param name="stamp">The file as it was just before it was read.</param>
    public OfflineDocument(EnvironmentState environment, byte[] content, string? path = null, FileStamp stamp = default)
    {
        _content = content;
        Environment = environment;
        Path = path;
        Stamp = stamp;
    }

    /// <summary>The environment.</summary>
    public EnvironmentState Environment { get; }

    /// <summary>The file to watch; null if there is none.</summary>
    public string? Path { get; }

    /// <summary>The file as it was just before it was read.</summary>
    public FileStamp Stamp { get; }

    /// <summary>The document as it was read at the start, once: it may be large, and is not kept here when another follows.</summary>
    public byte[] TakeContent() =>
        Interlocked.Exchange(ref _content, null) ?? throw new InvalidOperationException("The content was taken before.");
}

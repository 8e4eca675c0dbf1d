using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Offline;

/// <summary>An environment without an upstream, served from a file or built in.</summary>
internal sealed class OfflineDocument
{
    private byte[]? _content;

    /// <param name="environment">The environment.</param>
    /// <param name="content">The document as read at the start.</param>
    /// <param name="path">The file to watch; null for a built-in document.</param>
    /// <param name="stamp">The stamp of the file just before it was read.</param>
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

    /// <summary>The stamp of the file just before it was read.</summary>
    public FileStamp Stamp { get; }

    /// <summary>Determines whether a key is one of the environment's.</summary>
    public bool HasKey(string key) => Environment.ClientSideKey == key || Environment.ServerSideKeys.Any(other => other.Key == key);

    /// <summary>
    /// Takes the document that was read at the start, once: it may be large, and must not be kept when a newer one is
    /// published.
    /// </summary>
    public byte[] TakeContent() =>
        Interlocked.Exchange(ref _content, null) ?? throw new InvalidOperationException("The content was taken before.");
}

using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// One version of an environment, ready to serve: immutable, so that a request that read it once sees one version to its
/// end. Replaced as a whole.
/// </summary>
internal sealed class PublishedEnvironment
{
    /// <param name="document">The document as the upstream sent it.</param>
    /// <param name="snapshot">The same, compiled.</param>
    /// <param name="modified">When it changed, for a document that does not say.</param>
    /// <param name="digest">What the document says, where that was found out already.</param>
    public PublishedEnvironment(byte[] document, EnvironmentSnapshot snapshot, DateTimeOffset modified, DocumentDigest? digest = null)
    {
        Document = new PublishedDocument(document, snapshot.UpdatedAt, modified, digest);
        Snapshot = snapshot;
        Gzip = new PreparedGzip(snapshot);
        ServerFlags = new ResponseBody(snapshot.EnvironmentFlags(FlagAudience.Server));
        ClientFlags = new ResponseBody(snapshot.EnvironmentFlags(FlagAudience.Client));
    }

    private PublishedEnvironment(PublishedEnvironment earlier, PublishedDocument document)
    {
        Document = document;
        Snapshot = earlier.Snapshot;
        Gzip = earlier.Gzip;
        ServerFlags = earlier.ServerFlags;
        ClientFlags = earlier.ClientFlags;
    }

    /// <summary>The document.</summary>
    public PublishedDocument Document { get; }

    /// <summary>What requests are evaluated against.</summary>
    public EnvironmentSnapshot Snapshot { get; }

    /// <summary>Whether the snapshot is prepared for gzip.</summary>
    public PreparedGzip Gzip { get; }

    /// <summary>The flags of nobody in particular, for servers.</summary>
    public ResponseBody ServerFlags { get; }

    /// <summary>The flags of nobody in particular, for clients.</summary>
    public ResponseBody ClientFlags { get; }

    /// <summary>The same flags, out of another document, which has the same content.</summary>
    public PublishedEnvironment With(PublishedDocument document) => new(this, document);

    /// <summary>The flags of nobody in particular.</summary>
    public ResponseBody Flags(FlagAudience audience) => audience == FlagAudience.Client ? ClientFlags : ServerFlags;

    /// <summary>Makes every compressed form that the version before was asked for, so that no request waits for a new one.</summary>
    public void PrepareLike(PublishedEnvironment earlier)
    {
        Gzip.PrepareLike(earlier.Gzip);
        Document.Body.PrepareLike(earlier.Document.Body);
        ServerFlags.PrepareLike(earlier.ServerFlags);
        ClientFlags.PrepareLike(earlier.ClientFlags);
    }
}

using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// An immutable version of an environment: a request that read it once sees one version to its end. Replaced as a whole.
/// </summary>
internal sealed class PublishedEnvironment
{
    /// <param name="document">The document as the upstream sent it.</param>
    /// <param name="snapshot">The same, compiled.</param>
    /// <param name="modified">The time of change, for a document that has none.</param>
    /// <param name="digest">The digest of the document, if it was computed before.</param>
    public PublishedEnvironment(byte[] document, EnvironmentSnapshot snapshot, DateTimeOffset modified, DocumentDigest? digest = null)
    {
        Document = new PublishedDocument(document, snapshot.UpdatedAt, modified, digest);
        Snapshot = snapshot;
        Gzip = new PreparedGzip(snapshot);
        Ofrep = new PreparedOfrep(snapshot, Document);
        ServerFlags = new ResponseBody(snapshot.EnvironmentFlags(FlagAudience.Server));
        ClientFlags = new ResponseBody(snapshot.EnvironmentFlags(FlagAudience.Client));
    }

    private PublishedEnvironment(PublishedEnvironment earlier, PublishedDocument document)
    {
        Document = document;
        Snapshot = earlier.Snapshot;
        Gzip = earlier.Gzip;
        Ofrep = earlier.Ofrep.With(document);
        ServerFlags = earlier.ServerFlags;
        ClientFlags = earlier.ClientFlags;
    }

    /// <summary>The document.</summary>
    public PublishedDocument Document { get; }

    /// <summary>The snapshot that requests evaluate.</summary>
    public EnvironmentSnapshot Snapshot { get; }

    /// <summary>The preparation of the snapshot for gzip.</summary>
    public PreparedGzip Gzip { get; }

    /// <summary>The preparation of this version for OFREP.</summary>
    public PreparedOfrep Ofrep { get; }

    /// <summary>The environment flags (no identity), for servers.</summary>
    public ResponseBody ServerFlags { get; }

    /// <summary>The environment flags (no identity), for clients.</summary>
    public ResponseBody ClientFlags { get; }

    /// <summary>Creates a version with the same flags from another document with equivalent content.</summary>
    public PublishedEnvironment With(PublishedDocument document) => new(this, document);

    /// <summary>The environment flags (no identity) for an audience.</summary>
    public ResponseBody Flags(FlagAudience audience) => audience == FlagAudience.Client ? ClientFlags : ServerFlags;

    /// <summary>Creates every compressed form that the previous version has, so that no request waits for a new one.</summary>
    public void PrepareLike(PublishedEnvironment earlier)
    {
        Gzip.PrepareLike(earlier.Gzip);
        Ofrep.PrepareLike(earlier.Ofrep);
        Document.Body.PrepareLike(earlier.Document.Body);
        ServerFlags.PrepareLike(earlier.ServerFlags);
        ClientFlags.PrepareLike(earlier.ClientFlags);
    }
}

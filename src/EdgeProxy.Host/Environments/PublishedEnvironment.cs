using System.Globalization;
using System.Security.Cryptography;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Rendering;
using EdgeProxy.Host.Http.Compression;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// One version of an environment, ready to serve: immutable, so that a request that read it once sees one version to its
/// end. Replaced as a whole.
/// </summary>
internal sealed class PublishedEnvironment
{
    // What an entity tag ends with, by coding: a strong tag names bytes, so each coding has its own.
    private static readonly string[] TagSuffixes = ["", "-gzip", "-br"];

    private readonly string[] _tags;
    private readonly StringValues[] _quotedTags;

    /// <param name="document">The document as the upstream sent it.</param>
    /// <param name="snapshot">The same, compiled.</param>
    /// <param name="modified">When it changed, for a document that does not say.</param>
    public PublishedEnvironment(byte[] document, EnvironmentSnapshot snapshot, DateTimeOffset modified)
    {
        Snapshot = snapshot;
        Gzip = new PreparedGzip(snapshot);
        Document = new ResponseBody(document);
        ServerFlags = new ResponseBody(snapshot.EnvironmentFlags(FlagAudience.Server));
        ClientFlags = new ResponseBody(snapshot.EnvironmentFlags(FlagAudience.Client));
        var hash = Convert.ToHexStringLower(SHA256.HashData(document).AsSpan(0, 16));
        _tags = [.. TagSuffixes.Select(suffix => hash + suffix)];
        _quotedTags = [.. _tags.Select(static tag => new StringValues($"\"{tag}\""))];

        // HTTP dates have no fractions: rounding down makes a client's own copy of the date equal to this.
        var time = (snapshot.UpdatedAt ?? modified).ToUniversalTime();
        LastModified = new DateTimeOffset(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        LastModifiedHeader = LastModified.ToString("R", CultureInfo.InvariantCulture);
        UpdatedAtHeader = snapshot.UpdatedAt is { } updated
            ? (((decimal)(updated.UtcTicks - DateTimeOffset.UnixEpoch.Ticks)) / TimeSpan.TicksPerSecond).ToString("0.######", CultureInfo.InvariantCulture)
            : default(StringValues);
    }

    /// <summary>What requests are evaluated against.</summary>
    public EnvironmentSnapshot Snapshot { get; }

    /// <summary>Whether the snapshot is prepared for gzip.</summary>
    public PreparedGzip Gzip { get; }

    /// <summary>The document as the upstream sent it.</summary>
    public ResponseBody Document { get; }

    /// <summary>The flags of nobody in particular, for servers.</summary>
    public ResponseBody ServerFlags { get; }

    /// <summary>The flags of nobody in particular, for clients.</summary>
    public ResponseBody ClientFlags { get; }

    /// <summary>When the document changed, to the second.</summary>
    public DateTimeOffset LastModified { get; }

    /// <summary>The same as an HTTP date.</summary>
    public StringValues LastModifiedHeader { get; }

    /// <summary>The document's <c>updated_at</c> in seconds since 1970; empty where it has none.</summary>
    public StringValues UpdatedAtHeader { get; }

    /// <summary>The entity tag of the document in a coding, as headers have it.</summary>
    public StringValues QuotedTag(ContentCoding coding) => _quotedTags[(int)coding];

    /// <summary>Whether a tag, without its quotes, names this version of the document in any coding.</summary>
    public bool IsTag(ReadOnlySpan<char> tag)
    {
        foreach (var own in _tags)
        {
            if (tag.SequenceEqual(own))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The flags of nobody in particular.</summary>
    public ResponseBody Flags(FlagAudience audience) => audience == FlagAudience.Client ? ClientFlags : ServerFlags;

    /// <summary>Makes every compressed form that the version before was asked for, so that no request waits for a new one.</summary>
    public void PrepareLike(PublishedEnvironment earlier)
    {
        Gzip.PrepareLike(earlier.Gzip);
        Document.PrepareLike(earlier.Document);
        ServerFlags.PrepareLike(earlier.ServerFlags);
        ClientFlags.PrepareLike(earlier.ClientFlags);
    }
}

using System.Globalization;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Host.Common.Compression;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Environments;

/// <summary>A document as it is handed on: its bytes, its version, and its times as headers have them.</summary>
internal sealed class PublishedDocument
{
    // What an entity tag ends with, by coding: a strong tag names bytes, so each coding has its own.
    private static readonly string[] TagSuffixes = ["", "-gzip", "-br"];

    private readonly string[] _tags;
    private readonly StringValues[] _quotedTags;
    private readonly Lazy<DocumentDigest?> _digest;
    private readonly Lazy<long?> _environmentId;

    /// <param name="content">The document as the upstream sent it.</param>
    /// <param name="updatedAt">When it says it changed; null if it does not.</param>
    /// <param name="modified">When it came: when it changed, if it does not say, or says a time that is still to come.</param>
    /// <param name="digest">What it says, where that was found out already.</param>
    public PublishedDocument(byte[] content, DateTimeOffset? updatedAt, DateTimeOffset modified, DocumentDigest? digest = null)
    {
        Body = new ResponseBody(content);
        var revision = DocumentPosition.RevisionOf(content);
        _tags = [.. TagSuffixes.Select(suffix => revision + suffix)];
        _quotedTags = [.. _tags.Select(static tag => new StringValues($"\"{tag}\""))];
        _environmentId = new(() => DocumentMember.FindInteger(Body.Plain.Span, "id"u8));
        _digest = digest is null ? new(() => DocumentDigest.Of(Body.Plain.Span)) : new(digest);

        UpdatedAt = updatedAt?.ToUniversalTime();
        Position = new DocumentPosition(UpdatedAt, revision);

        // HTTP dates have no fractions: rounding down makes a client's own copy of the date equal to this. Nor may they be to
        // come: who compares by them would be told for long that nothing changed.
        var time = UpdatedAt is { } said && said < modified ? said : modified.ToUniversalTime();
        LastModified = new DateTimeOffset(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        LastModifiedHeader = LastModified.ToString("R", CultureInfo.InvariantCulture);
        UpdatedAtHeader = UpdatedAt is { } updated
            ? (((decimal)(updated.UtcTicks - DateTimeOffset.UnixEpoch.Ticks)) / TimeSpan.TicksPerSecond).ToString("0.######", CultureInfo.InvariantCulture)
            : default(StringValues);
    }

    /// <summary>The document as the upstream sent it.</summary>
    public ResponseBody Body { get; }

    /// <summary>Names these bytes, and no others.</summary>
    public string Version => _tags[0];

    /// <summary>The <c>id</c> of its environment; null if it has none. Made when it is first asked for.</summary>
    public long? EnvironmentId => _environmentId.Value;

    /// <summary>Its place among the versions of its environment.</summary>
    public DocumentPosition Position { get; }

    /// <summary>Since when this process serves it; the end of time until it does.</summary>
    public DateTimeOffset ServedSince { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>What it says; null only for bytes that cannot have been compiled. Made when it is first asked for.</summary>
    public DocumentDigest? Digest => _digest.Value;

    /// <summary>When it says it changed; null if it does not.</summary>
    public DateTimeOffset? UpdatedAt { get; }

    /// <summary>When the document changed, to the second.</summary>
    public DateTimeOffset LastModified { get; }

    /// <summary>The same as an HTTP date.</summary>
    public StringValues LastModifiedHeader { get; }

    /// <summary>The document's <c>updated_at</c> in seconds since 1970; empty where it has none.</summary>
    public StringValues UpdatedAtHeader { get; }

    /// <summary>Notes when it is put in place; to be called before that, as nobody else may see the time change.</summary>
    public void ServeFrom(DateTimeOffset time) => ServedSince = time;

    /// <summary>The entity tag in a coding, as headers have it.</summary>
    public StringValues QuotedTag(ContentCoding coding) => _quotedTags[(int)coding];

    /// <summary>Whether a tag, without its quotes, names this document in any coding.</summary>
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
}

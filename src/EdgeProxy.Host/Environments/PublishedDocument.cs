using System.Globalization;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Host.Common.Compression;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Environments;

/// <summary>A document as served: its bytes, its version, and its times in the form of headers.</summary>
internal sealed class PublishedDocument
{
    private readonly string[] _tags;
    private readonly StringValues[] _quotedTags;
    private readonly Lazy<DocumentDigest?> _digest;
    private readonly Lazy<DocumentSketch?> _sketch;
    private readonly Lazy<long?> _environmentId;
    private readonly Lazy<bool> _hasRealtimeUpdates;

    /// <param name="content">The document as the upstream sent it.</param>
    /// <param name="updatedAt">The document's own time of change; null if it has none.</param>
    /// <param name="modified">The time of change for HTTP: of arrival, if the document has none or one in the future.</param>
    /// <param name="digest">The digest, if it was computed before.</param>
    public PublishedDocument(byte[] content, DateTimeOffset? updatedAt, DateTimeOffset modified, DocumentDigest? digest = null)
    {
        Body = new ResponseBody(content);
        var revision = DocumentPosition.RevisionOf(content);
        _tags = [.. CodingTags.All.Select(suffix => revision + suffix)];
        _quotedTags = [.. _tags.Select(static tag => new StringValues($"\"{tag}\""))];
        _environmentId = new(() => DocumentMember.FindInteger(Body.Plain.Span, "id"u8));
        _hasRealtimeUpdates = new(() => DocumentMember.IsTrue(Body.Plain.Span, "project"u8, "enable_realtime_updates"u8));
        _digest = digest is null ? new(() => DocumentDigest.Of(Body.Plain.Span)) : new(digest);

        _sketch = new(() => DocumentSketch.Of(Body.Plain.Span));

        UpdatedAt = updatedAt?.ToUniversalTime();
        Position = new DocumentPosition(UpdatedAt, revision);

        // HTTP dates have no fractions: rounding down makes a client's copy of the date equal to this one. Nor may they be
        // in the future: a client that compares by them would get 304 until then.
        var time = UpdatedAt is { } said && said < modified ? said : modified.ToUniversalTime();
        LastModified = new DateTimeOffset(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        LastModifiedHeader = LastModified.ToString("R", CultureInfo.InvariantCulture);
        UpdatedAtHeader = UpdatedAt is { } updated
            ? (((decimal)(updated.UtcTicks - DateTimeOffset.UnixEpoch.Ticks)) / TimeSpan.TicksPerSecond).ToString("0.######", CultureInfo.InvariantCulture)
            : default(StringValues);
    }

    /// <summary>The document as the upstream sent it.</summary>
    public ResponseBody Body { get; }

    /// <summary>The entity tag of these bytes.</summary>
    public string Version => _tags[0];

    /// <summary>The <c>id</c> of its environment; null if it has none. Made when it is first asked for.</summary>
    public long? EnvironmentId => _environmentId.Value;

    /// <summary>Indicates whether its project has real-time updates enabled. Read when it is first asked for.</summary>
    public bool HasRealtimeUpdates => _hasRealtimeUpdates.Value;

    /// <summary>The position among the versions of its environment.</summary>
    public DocumentPosition Position { get; }

    /// <summary>The time when this process began to serve it; the end of time until then.</summary>
    public DateTimeOffset ServedSince { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>The digest; null only for bytes that cannot have been compiled. Computed at the first use.</summary>
    public DocumentDigest? Digest => _digest.Value;

    /// <summary>The sketch; null for a document with escapes. Computed at the first use.</summary>
    public DocumentSketch? Sketch => _sketch.Value;

    /// <summary>The document's own time of change; null if it has none.</summary>
    public DateTimeOffset? UpdatedAt { get; }

    /// <summary>The time when the document changed, to the second.</summary>
    public DateTimeOffset LastModified { get; }

    /// <summary>The same as an HTTP date.</summary>
    public StringValues LastModifiedHeader { get; }

    /// <summary>The document's <c>updated_at</c> in seconds since 1970; empty where it has none.</summary>
    public StringValues UpdatedAtHeader { get; }

    /// <summary>Sets the time of publication; to be called before publication, as no other thread may see it change.</summary>
    public void ServeFrom(DateTimeOffset time) => ServedSince = time;

    /// <summary>The entity tag in a coding, as in headers.</summary>
    public StringValues QuotedTag(ContentCoding coding) => _quotedTags[(int)coding];

    /// <summary>Determines whether a tag, without its quotes, names this document in any coding.</summary>
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

using EdgeProxy.Host.Common.Compression;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Environments;

/// <summary>A body that many requests get, with its entity tag in each coding.</summary>
internal sealed class TaggedBody
{
    private readonly StringValues[] _quoted;

    public TaggedBody(ReadOnlyMemory<byte> plain)
    {
        Content = new ResponseBody(plain);
        Tag = ContentTag.Of(plain.Span);
        var tag = Tag;
        _quoted = [.. Enum.GetValues<ContentCoding>().Select(coding => new StringValues(tag.Quote(coding)))];
    }

    /// <summary>The body.</summary>
    public ResponseBody Content { get; }

    /// <summary>The entity tag.</summary>
    public ContentTag Tag { get; }

    /// <summary>The entity tag in a coding, as in headers.</summary>
    public StringValues Quoted(ContentCoding coding) => _quoted[(int)coding];
}

using EdgeProxy.Host.Common.Compression;
using EdgeProxy.Host.Environments;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Host.Http.Ofrep;

/// <summary>
/// The entity tags of recent answers as text. The server takes headers as strings, and a string for each answer would be the
/// only thing that a request allocates; most bodies are those of many contexts. Some 1 MB when full; no locks.
/// </summary>
internal sealed class EntityTagCache
{
    private const int Size = 4096;

    private readonly Entry?[] _entries = new Entry?[Size];

    /// <summary>The tag for a header.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="coding">The coding of the body.</param>
    public StringValues Quote(ContentTag tag, ContentCoding coding)
    {
        ref var place = ref _entries[(int)(((ulong)tag.Hash + (ulong)coding) % Size)];
        var entry = Volatile.Read(ref place);
        if (entry?.Tag != tag || entry.Coding != coding)
        {
            entry = new Entry(tag, coding, tag.Quote(coding));
            Volatile.Write(ref place, entry);
        }

        return entry.Text;
    }

    private sealed record Entry(ContentTag Tag, ContentCoding Coding, StringValues Text);
}

using System.Text.Json;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Documents;

/// <summary>
/// The structure of a document: two numbers for each value, and its bytes for everything else. Identity overrides, which may be
/// nearly all of a document and are read one by one, are left out: their array is empty here. Building it reads all of the
/// document once, and so detects invalid JSON.
/// </summary>
internal sealed class DocumentTree
{
    private const int ChunkShift = 12;
    private const int ChunkLength = 1 << ChunkShift;

    // Many values are shorter, but most bytes belong to longer ones.
    private const int BytesPerNode = 16;

    private readonly ReadOnlyMemory<byte> _json;
    private readonly List<Node[]> _chunks = [];
    private int _overridesStart;
    private int _overridesEnd;

    private DocumentTree(ReadOnlyMemory<byte> json)
    {
        _json = json;
        _chunks.Add(new Node[Math.Min(ChunkLength, (json.Length / BytesPerNode) + 4)]);
    }

    /// <summary>The number of values.</summary>
    public int Count { get; private set; }

    /// <summary>The number of identity overrides that were left out.</summary>
    public int OverrideCount { get; private set; }

    /// <summary>The array of identity overrides, if there are any.</summary>
    public ReadOnlyMemory<byte> Overrides => _json[_overridesStart.._overridesEnd];

    /// <summary>The bytes from a position on.</summary>
    public ReadOnlySpan<byte> From(int position) => _json.Span[position..];

    /// <summary>Part of the bytes.</summary>
    public ReadOnlyMemory<byte> Slice(int start, int length) => _json.Slice(start, length);

    /// <summary>The position of a value; of its name, if it is a member.</summary>
    public int Start(int node) => _chunks[node >> ChunkShift][node & (ChunkLength - 1)].Start;

    /// <summary>The number of the first value behind one and all that it contains.</summary>
    public int Next(int node) => _chunks[node >> ChunkShift][node & (ChunkLength - 1)].Next;

    /// <summary>Reads a document.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static DocumentTree Read(ReadOnlyMemory<byte> json)
    {
        var tree = new DocumentTree(json);
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = EnvironmentDocumentReader.MaxDepth });
        tree.Build(ref reader);
        return tree;
    }

    private void Build(ref Utf8JsonReader reader)
    {
        Span<int> open = stackalloc int[EnvironmentDocumentReader.MaxDepth + 1];
        var depth = 0;
        var name = -1;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = (int)reader.TokenStartIndex;
                    if (depth == 1 && JsonText.IsName(ref reader, EnvironmentDocumentReader.IdentityOverrides))
                    {
                        // Of members with the same name the last one counts, whatever its type.
                        OverrideCount = 0;
                        var value = reader;
                        if (value.Read() && value.TokenType == JsonTokenType.StartArray)
                        {
                            Add(name);
                            name = -1;
                            reader = value;
                            SkipOverrides(ref reader);
                        }
                    }

                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    Close(open[--depth]);
                    break;
                default:
                    var node = Add(name >= 0 ? name : (int)reader.TokenStartIndex);
                    name = -1;
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        open[depth++] = node;
                    }

                    break;
            }
        }
    }

    private void SkipOverrides(ref Utf8JsonReader reader)
    {
        _overridesStart = (int)reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            OverrideCount++;
        }

        _overridesEnd = (int)reader.BytesConsumed;
    }

    private int Add(int start)
    {
        var chunk = _chunks[^1];
        var at = Count & (ChunkLength - 1);
        if (at == 0 && Count > 0)
        {
            _chunks.Add(chunk = new Node[ChunkLength]);
        }
        else if (at == chunk.Length)
        {
            Array.Resize(ref chunk, Math.Min(ChunkLength, at * 2)); // only the first one is shorter than the others
            _chunks[^1] = chunk;
        }

        chunk[at] = new Node(start, Count + 1);
        return Count++;
    }

    private void Close(int node)
    {
        ref var place = ref _chunks[node >> ChunkShift][node & (ChunkLength - 1)];
        place = place with { Next = Count };
    }

    private readonly record struct Node(int Start, int Next);
}

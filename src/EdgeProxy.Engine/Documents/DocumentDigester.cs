using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Documents;

/// <summary>Computes a digest in one pass over a document: each value is hashed from the hashes of its parts.</summary>
internal sealed class DocumentDigester
{
    private const string UpdatedAt = "updated_at";

    // The members of all open objects.
    private readonly List<Member> _members = [];
    private DateTimeOffset? _updatedAt;

    private enum Form
    {
        Object,
        Array,
        Text,
        BrokenText,
        Other,
    }

    /// <summary>Computes the digest of a document.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public DocumentDigest Digest(ReadOnlySpan<byte> document)
    {
        var reader = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = EnvironmentDocumentReader.MaxDepth });
        reader.Read();
        var content = HashValue(ref reader);
        while (reader.Read())
        {
            // To the end, so that any error is detected.
        }

        return new DocumentDigest(content, _updatedAt);
    }

    private UInt128 HashValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return HashObject(ref reader);
            case JsonTokenType.StartArray:
                var items = Hash([], Form.Array);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items = Join(items, HashValue(ref reader), default);
                }

                return items;
            case JsonTokenType.String:
                return HashText(ref reader);
            default:
                return Hash(reader.ValueSpan, Form.Other); // numbers by their spelling, which flags keep
        }
    }

    private UInt128 HashObject(ref Utf8JsonReader reader)
    {
        var isRoot = reader.CurrentDepth == 0;
        var first = _members.Count;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (isRoot && JsonText.IsName(ref reader, UpdatedAt))
            {
                reader.Read();
                _updatedAt = reader.TokenType == JsonTokenType.String ? ReadTime(ref reader) : null;
                reader.Skip();
                continue;
            }

            var name = HashText(ref reader);
            reader.Read();
            var value = HashValue(ref reader);
            _members.Add(new Member(name, _members.Count, value));
        }

        // Of members with the same name the last one counts: these keep their order.
        var members = CollectionsMarshal.AsSpan(_members)[first..];
        members.Sort(static (left, right) => left.Name.CompareTo(right.Name) is var byName and not 0 ? byName : left.Order.CompareTo(right.Order));
        var hash = Hash([], Form.Object);
        foreach (ref readonly var member in members)
        {
            hash = Join(hash, member.Name, member.Value);
        }

        _members.RemoveRange(first, members.Length);
        return hash;
    }

    private static DateTimeOffset? ReadTime(ref Utf8JsonReader reader)
    {
        try
        {
            return DocumentTime.Read(reader.GetString());
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    private static UInt128 HashText(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return Hash(reader.ValueSpan, Form.Text);
        }

        var room = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            return Hash(room.AsSpan(0, reader.CopyString(room)), Form.Text);
        }
        catch (InvalidOperationException)
        {
            return Hash(reader.ValueSpan, Form.BrokenText); // half of a surrogate pair: compared by its spelling
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    private static UInt128 Hash(ReadOnlySpan<byte> bytes, Form form) => XxHash128.HashToUInt128(bytes, (long)form);

    private static UInt128 Join(UInt128 before, UInt128 one, UInt128 other)
    {
        ReadOnlySpan<UInt128> all = [before, one, other];
        return XxHash128.HashToUInt128(MemoryMarshal.AsBytes(all));
    }

    private readonly record struct Member(UInt128 Name, int Order, UInt128 Value);
}

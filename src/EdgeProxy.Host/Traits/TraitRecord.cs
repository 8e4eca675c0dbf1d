using System.Runtime.InteropServices;
using System.Text;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Http.Identities;

namespace EdgeProxy.Host.Traits;

/// <summary>
/// An identity in an intake buffer, as it came: the identifier, keys and values are JSON, unread. Numbers in front of it say
/// how long each part is.
/// </summary>
internal readonly ref struct TraitRecord
{
    private const int TraitHeader = 2 * sizeof(int);

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly Header _header;

    /// <param name="buffer">A buffer that begins with a record.</param>
    public TraitRecord(ReadOnlySpan<byte> buffer)
    {
        _header = MemoryMarshal.Read<Header>(buffer);
        _bytes = buffer[..Length];
    }

    /// <summary>The length in bytes.</summary>
    public int Length => _header.Length;

    /// <summary>The number of the source.</summary>
    public int Source => _header.Source;

    /// <summary>The identifier as JSON, with its quotes.</summary>
    public ReadOnlySpan<byte> Identifier => _bytes.Slice(HeaderLength, _header.Identifier);

    /// <summary>The number of traits.</summary>
    public int TraitCount => _header.Traits;

    /// <summary>The application's name.</summary>
    public ReadOnlySpan<byte> ApplicationName => _bytes.Slice(HeaderLength + _header.Identifier, _header.Name);

    /// <summary>The application's version.</summary>
    public ReadOnlySpan<byte> ApplicationVersion => _bytes.Slice(HeaderLength + _header.Identifier + _header.Name, _header.Version);

    /// <summary>The user agent of the SDK.</summary>
    public ReadOnlySpan<byte> Sdk => _bytes.Slice(HeaderLength + _header.Identifier + _header.Name + _header.Version, _header.Sdk);

    private static unsafe int HeaderLength => sizeof(Header);

    private int TraitsStart => HeaderLength + _header.Identifier + _header.Name + _header.Version + _header.Sdk;

    /// <summary>Measures a record.</summary>
    /// <param name="identifier">The length of the identifier.</param>
    /// <param name="labels">The labels, in ASCII.</param>
    /// <param name="traits">The number of traits.</param>
    /// <param name="text">The length of their keys and values.</param>
    public static int Measure(int identifier, in AnalyticsLabels labels, int traits, int text) =>
        HeaderLength + identifier + labels.ApplicationName.Length + labels.ApplicationVersion.Length + labels.Sdk.Length + (traits * TraitHeader) + text;

    /// <summary>Begins to write a record.</summary>
    /// <param name="room">As long as measured.</param>
    /// <param name="source">The number of the source.</param>
    /// <param name="identifier">The identifier as JSON.</param>
    /// <param name="labels">The labels, in ASCII.</param>
    /// <param name="traits">The number of traits that follow.</param>
    /// <returns>The room for the traits.</returns>
    public static Span<byte> Begin(Span<byte> room, int source, ReadOnlySpan<byte> identifier, scoped in AnalyticsLabels labels, int traits)
    {
        var header = new Header(
            room.Length, source, identifier.Length, traits,
            (byte)labels.ApplicationName.Length, (byte)labels.ApplicationVersion.Length, (byte)labels.Sdk.Length);
        MemoryMarshal.Write(room, in header);
        room = room[HeaderLength..];
        identifier.CopyTo(room);
        room = room[identifier.Length..];
        room = room[Encoding.ASCII.GetBytes(labels.ApplicationName, room)..];
        room = room[Encoding.ASCII.GetBytes(labels.ApplicationVersion, room)..];
        return room[Encoding.ASCII.GetBytes(labels.Sdk, room)..];
    }

    /// <summary>Writes a trait; returns the room behind it.</summary>
    public static Span<byte> Write(Span<byte> room, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        MemoryMarshal.Write(room, key.Length);
        MemoryMarshal.Write(room[sizeof(int)..], value.Length);
        room = room[TraitHeader..];
        key.CopyTo(room);
        value.CopyTo(room[key.Length..]);
        return room[(key.Length + value.Length)..];
    }

    /// <summary>Puts the traits of the record into a set, keys as text.</summary>
    /// <param name="set">An empty set.</param>
    /// <returns>The number of traits that are left out, since the API would reject their keys.</returns>
    public int ReadTraits(TraitSet set)
    {
        var invalid = 0;
        var rest = _bytes[TraitsStart..];
        for (var i = 0; i < TraitCount; i++)
        {
            var key = rest.Slice(TraitHeader, MemoryMarshal.Read<int>(rest));
            var value = rest.Slice(TraitHeader + key.Length, MemoryMarshal.Read<int>(rest[sizeof(int)..]));
            rest = rest[(TraitHeader + key.Length + value.Length)..];
            invalid += set.TryAdd(JsonStrings.WithoutQuotes(key), value) ? 0 : 1;
        }

        return invalid;
    }

    private readonly record struct Header(int Length, int Source, int Identifier, int Traits, byte Name, byte Version, byte Sdk);
}

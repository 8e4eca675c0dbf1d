using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeProxy.Host.Http.Identities;

namespace EdgeProxy.Host.Traits;

/// <summary>
/// The calls that wait (docs/spec/traits.md 2.3): at most one for each identity and kind of key, into which further requests
/// are merged. In memory only, and bounded in number and bytes. One thread at a time, except for the figures.
/// </summary>
internal sealed partial class TraitQueue
{
    /// <summary>The most memory that waiting calls may take, in bytes.</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    private readonly TraitForwardingOptions _options;
    private readonly TraitMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ConfirmedTraits _confirmed;
    private readonly Dictionary<UInt128, PendingIdentity> _identities = [];
    private readonly PriorityQueue<PendingIdentity, (long Due, long Order)> _schedule = new();
    private readonly LinkedList<PendingCall> _byAge = [];
    private readonly TraitSet _traits = new();
    private readonly ArrayBufferWriter<byte> _identifier = new(4096);
    private readonly ArrayBufferWriter<byte> _result = new(4096);

    // Unknown to clients, so that nobody can make two identities or two sets of traits look the same.
    private readonly long _seed = MemoryMarshal.Read<long>(RandomNumberGenerator.GetBytes(sizeof(long)));

    private long _order;
    private long _bytes;
    private int _count;
    private long _oldest;

    public TraitQueue(TraitForwardingOptions options, TraitMetrics metrics, TimeProvider time)
    {
        _options = options;
        _metrics = metrics;
        _time = time;
        _confirmed = new ConfirmedTraits(options.DedupeSize, options.DedupeLifetime, time);
    }

    /// <summary>The calls that wait or are in flight.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The memory that they take, about, in bytes.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The age of the oldest request among them.</summary>
    public TimeSpan OldestAge => Count == 0 ? TimeSpan.Zero : _time.GetElapsedTime(Interlocked.Read(ref _oldest));

    /// <summary>Adds an identity.</summary>
    /// <param name="record">The identity and its traits.</param>
    /// <param name="source">The key that it came with.</param>
    public void Add(in TraitRecord record, TraitSource source)
    {
        var identifier = ReadIdentifier(in record);
        if (JsonStrings.IsBlank(identifier))
        {
            return; // the API has no such identities
        }

        _metrics.CountQualified();
        var traits = ReadTraits(in record);
        if (traits.IsEmpty && _options.Identities != ForwardedIdentities.All)
        {
            return;
        }

        var id = IdOf(source.Environment, identifier);
        if (_identities.TryGetValue(id, out var identity))
        {
            if (identity.Waiting(source.IsClientSide) is { } call)
            {
                Merge(call, traits, in record, source);
            }
            else
            {
                Enqueue(identity, traits, in record, source);
            }
        }
        else if (IsConfirmed(id, traits))
        {
            _metrics.CountDeduplicated();
        }
        else if (source.Environment is { IsRefused: true } environment && environment.NotBefore > _time.GetTimestamp())
        {
            _metrics.CountLost(TraitLoss.Refused);
        }
        else
        {
            Enqueue(new PendingIdentity(id, source.Environment, identifier.ToArray()), traits, in record, source);
        }
    }

    private ReadOnlySpan<byte> ReadIdentifier(in TraitRecord record)
    {
        var escaped = JsonStrings.WithoutQuotes(record.Identifier);
        _identifier.ResetWrittenCount();
        JsonStrings.TryUnescape(escaped, _identifier.GetSpan(escaped.Length + 1), out var length);
        _identifier.Advance(length);
        return _identifier.WrittenSpan;
    }

    private ReadOnlySpan<byte> ReadTraits(in TraitRecord record)
    {
        _traits.Clear();
        for (var invalid = record.ReadTraits(_traits); invalid > 0; invalid--)
        {
            _metrics.CountInvalidTrait();
        }

        return _traits.Encode();
    }

    private UInt128 IdOf(TraitEnvironment environment, ReadOnlySpan<byte> identifier) =>
        XxHash128.HashToUInt128(identifier, unchecked(_seed + (environment.Number * 0x1E3779B97F4A7C15)));

    private UInt128 HashOf(ReadOnlySpan<byte> traits) => XxHash128.HashToUInt128(traits, _seed);

    /// <summary>Determines whether a call would tell the API nothing new. One without traits only makes an identity known.</summary>
    private bool IsConfirmed(UInt128 identity, ReadOnlySpan<byte> traits) =>
        _confirmed.Find(identity) is { } confirmed && (traits.IsEmpty || confirmed == HashOf(traits));

    private void Enqueue(PendingIdentity identity, ReadOnlySpan<byte> traits, in TraitRecord record, TraitSource source)
    {
        var isNew = identity is { First: null, IsInFlight: false };
        var call = new PendingCall(identity, source, _time.GetTimestamp());
        call.SetLabels(in record);
        var bytes = call.Bytes + traits.Length + (isNew ? identity.Bytes : 0);
        if (_count >= _options.QueueSize || _bytes + bytes > MaxBytes)
        {
            _metrics.CountLost(TraitLoss.QueueFull);
            return;
        }

        call.Traits = traits.ToArray();
        Volatile.Write(ref _count, _count + 1);
        AddBytes(bytes);
        identity.Environment.AddWaiting(1);
        _byAge.AddLast(call.Age);
        NoteOldest();
        identity.SetWaiting(source.IsClientSide, call);
        if (isNew)
        {
            _identities.Add(identity.Id, identity);
            Schedule(identity, _time.GetTimestamp());
        }

        RemoveSuperseded(identity, source, traits);
    }

    private void Merge(PendingCall call, ReadOnlySpan<byte> traits, in TraitRecord record, TraitSource source)
    {
        if (!TrySetMerged(call, call.Traits, traits))
        {
            return;
        }

        _metrics.CountMerged();
        AddBytes(-call.Bytes);
        call.SetLabels(in record);
        AddBytes(call.Bytes);
        call.Source = source;
        call.FailingSince = null;
        RemoveSuperseded(call.Identity, source, traits);
    }

    /// <summary>Gives a call the union of two sets; only the newer one, if both are too large. False if there is no room.</summary>
    private bool TrySetMerged(PendingCall call, ReadOnlySpan<byte> older, ReadOnlySpan<byte> newer)
    {
        _result.ResetWrittenCount();
        EncodedTrait.Merge(older, newer, _result);
        var merged = _result.WrittenSpan;
        if (EncodedTrait.TextLength(merged) > TraitIntake.MaxTraitBytes)
        {
            _metrics.CountLost(TraitLoss.TooLarge);
            merged = newer;
        }

        if (_bytes + merged.Length - call.Traits.Length > MaxBytes)
        {
            _metrics.CountLost(TraitLoss.QueueFull);
            return false;
        }

        SetTraits(call, merged);
        return true;
    }

    private void SetTraits(PendingCall call, ReadOnlySpan<byte> traits)
    {
        AddBytes(traits.Length - call.Traits.Length);
        if (traits.Length == call.Traits.Length)
        {
            traits.CopyTo(call.Traits);
        }
        else
        {
            call.Traits = traits.ToArray();
        }
    }

    /// <summary>
    /// Takes traits that a newer request with a server-side key has set out of the call with the client-side key, which is
    /// sent later.
    /// </summary>
    private void RemoveSuperseded(PendingIdentity identity, TraitSource source, ReadOnlySpan<byte> traits)
    {
        if (source.IsClientSide || traits.IsEmpty || identity.Client is not { Traits.Length: > 0 } client)
        {
            return;
        }

        _result.ResetWrittenCount();
        EncodedTrait.Subtract(client.Traits, traits, _result);
        if (_result.WrittenCount > 0)
        {
            SetTraits(client, _result.WrittenSpan);
        }
        else
        {
            identity.Client = null;
            Release(client);
        }
    }

    private void AddBytes(int bytes) => Interlocked.Exchange(ref _bytes, _bytes + bytes);

    private void NoteOldest() => Interlocked.Exchange(ref _oldest, _byAge.First?.Value.Since ?? 0);
}

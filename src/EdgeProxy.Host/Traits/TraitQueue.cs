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
    /// <summary>The maximum memory of waiting calls, in bytes.</summary>
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

    // Unknown to clients, so that no client can construct identities or traits with equal hashes.
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

    /// <summary>
    /// Adds an identity. A request that repeats the one before it, as most do, is recognized by a hash of its traits as they came,
    /// and they are not read.
    /// </summary>
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
        var id = IdOf(source.Environment, identifier);
        var sent = HashOf(record.Traits);
        if (_identities.TryGetValue(id, out var identity))
        {
            AddTo(identity, in record, source, sent);
        }
        else if (!IsConfirmed(id, in record, sent) && !record.IsDerived(identifier) && MayWait(source.Environment) && HasRoom(in record, identifier.Length))
        {
            var traits = ReadTraits(in record);
            if (!traits.IsEmpty || _options.Identities == ForwardedIdentities.All)
            {
                Enqueue(new PendingIdentity(id, source.Environment, identifier.ToArray()), traits, in record, source, sent);
            }
        }
    }

    private void AddTo(PendingIdentity identity, in TraitRecord record, TraitSource source, UInt128 sent)
    {
        // Repeating a request has an effect if the other kind of key was used in between.
        if (identity.Waiting(!source.IsClientSide) is { } other)
        {
            other.Sent = null;
        }

        var call = identity.Waiting(source.IsClientSide);
        if (call?.Sent == sent)
        {
            _metrics.CountMerged();
            NoteRequest(call, in record, source, sent);
            return;
        }

        var traits = ReadTraits(in record);
        if (traits.IsEmpty && _options.Identities != ForwardedIdentities.All)
        {
            return;
        }

        if (call is null)
        {
            if (HasRoom(in record, identifierLength: null))
            {
                Enqueue(identity, traits, in record, source, sent);
            }
        }
        else if (TrySetMerged(call, call.Traits, traits))
        {
            _metrics.CountMerged();
            NoteRequest(call, in record, source, sent);
            RemoveSuperseded(identity, source, traits);
        }
    }

    private ReadOnlySpan<byte> ReadIdentifier(in TraitRecord record)
    {
        var escaped = JsonStrings.WithoutQuotes(record.Identifier);
        if (!escaped.Contains((byte)'\\'))
        {
            return escaped;
        }

        _identifier.ResetWrittenCount();
        JsonStrings.TryUnescape(escaped, _identifier.GetSpan(escaped.Length), out var length);
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

    private UInt128 HashOf(ReadOnlySpan<byte> bytes) => XxHash128.HashToUInt128(bytes, _seed);

    /// <summary>Determines whether a request would tell the API nothing new, and counts it then.</summary>
    private bool IsConfirmed(UInt128 identity, in TraitRecord record, UInt128 sent)
    {
        if (_confirmed.Find(identity, AsksStore) is not { } known
            || (record.TraitCount > 0 && known.Sent != sent && !IsConfirmed(identity, ReadTraits(in record))))
        {
            return false;
        }

        if (record.TraitCount > 0)
        {
            _confirmed.SetSent(identity, sent);
        }

        _metrics.CountDeduplicated();
        return true;
    }

    /// <summary>Determines whether a call would tell the API nothing new. One without traits only makes an identity known.</summary>
    private bool IsConfirmed(UInt128 identity, ReadOnlySpan<byte> traits) =>
        _confirmed.Find(identity, AsksStore) is { } known && (traits.IsEmpty || known.Traits == HashOf(traits));

    /// <summary>Determines whether new calls of an environment are queued; if not, it is counted as lost.</summary>
    private bool MayWait(TraitEnvironment environment)
    {
        if (!environment.IsRefused || environment.NotBefore <= _time.GetTimestamp())
        {
            return true;
        }

        _metrics.CountLost(TraitLoss.Refused);
        return false;
    }

    /// <summary>Determines whether another call may wait; if not, it is counted as lost.</summary>
    private bool HasRoom(in TraitRecord record, int? identifierLength)
    {
        var bytes = PendingCall.BytesOf(in record) + record.Traits.Length + (identifierLength is { } length ? PendingIdentity.BytesOf(length) : 0);
        if (_count < _options.QueueSize && _bytes + bytes <= MaxBytes)
        {
            return true;
        }

        _metrics.CountLost(TraitLoss.QueueFull);
        return false;
    }

    private void Enqueue(PendingIdentity identity, ReadOnlySpan<byte> traits, in TraitRecord record, TraitSource source, UInt128 sent)
    {
        var isNew = identity is { First: null, IsInFlight: false };
        var call = new PendingCall(identity, source, _time.GetTimestamp());
        call.SetLabels(in record);
        call.Sent = sent;
        call.Traits = traits.ToArray();
        Volatile.Write(ref _count, _count + 1);
        AddBytes(call.Bytes + traits.Length + (isNew ? identity.Bytes : 0));
        identity.Environment.AddWaiting(1);
        _byAge.AddLast(call.Age);
        NoteOldest();
        identity.SetWaiting(source.IsClientSide, call);
        if (isNew)
        {
            _identities.Add(identity.Id, identity);
            Begin(identity);
        }

        RemoveSuperseded(identity, source, traits);
    }

    /// <summary>Takes over what belongs to the newest request of a call.</summary>
    private void NoteRequest(PendingCall call, in TraitRecord record, TraitSource source, UInt128 sent)
    {
        if (!call.HasLabelsOf(in record))
        {
            AddBytes(-call.Bytes);
            call.SetLabels(in record);
            AddBytes(call.Bytes);
        }

        call.Source = source;
        call.Sent = sent;
        call.FailingSince = null;
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

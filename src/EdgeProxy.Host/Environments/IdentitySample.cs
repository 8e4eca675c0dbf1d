using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Host.Environments;

/// <summary>
/// A sample of the identities that asked an environment lately (docs/spec/changes.md 4.1), in memory only. Each identity
/// belongs to one slot by a hash, and of those of a slot the one with the smallest hash stays: so every identity has the
/// same chance, however often it asks. Offers never wait and allocate nothing. Thread-safe.
/// </summary>
internal sealed class IdentitySample
{
    /// <summary>The largest body that is kept.</summary>
    public const int MaxBytes = 2048;

    /// <summary>The time after which an identity that does not ask any more gives way to another.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly byte[] _bodies;
    private readonly Slot[] _slots;
    private readonly TimeProvider _time;

    // Clients choose identifiers: without a secret, they could choose those that stay.
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    /// <param name="size">The maximum number of identities.</param>
    /// <param name="time">The clock.</param>
    public IdentitySample(int size, TimeProvider time)
    {
        _time = time;
        _slots = new Slot[size];
        _bodies = GC.AllocateUninitializedArray<byte>(checked(size * MaxBytes));
    }

    /// <summary>The number of identities.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (ref var slot in _slots.AsSpan())
            {
                count += Volatile.Read(ref slot.Length) > 0 ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>Offers a request; it is kept if its identity belongs to the sample, and its body is not too large.</summary>
    /// <param name="kind">The form of the body.</param>
    /// <param name="audience">The audience of the key.</param>
    /// <param name="identity">The key of the identity.</param>
    /// <param name="body">The body.</param>
    public void Offer(SampledRequestKind kind, FlagAudience audience, ReadOnlySpan<byte> identity, ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty || body.Length > MaxBytes)
        {
            return;
        }

        var hash = XxHash3.HashToUInt64(identity, _seed);
        var index = (int)(hash % (ulong)_slots.Length);
        ref var slot = ref _slots[index];
        var now = _time.GetTimestamp();
        if (!IsWelcome(ref slot, hash, now) || Interlocked.Exchange(ref slot.IsBusy, 1) != 0)
        {
            return;
        }

        if (IsWelcome(ref slot, hash, now))
        {
            body.CopyTo(BodyOf(index).Span);
            slot.Hash = hash;
            slot.SeenAt = now;
            slot.Kind = kind;
            slot.Audience = audience;
            Volatile.Write(ref slot.Length, body.Length);
        }

        Volatile.Write(ref slot.IsBusy, 0);
    }

    /// <summary>Reads all that asked lately, in no order that depends on them. For one thread at a time.</summary>
    public IEnumerable<SampledRequest> Read()
    {
        var room = new byte[MaxBytes];
        for (var index = 0; index < _slots.Length; index++)
        {
            if (TryCopy(index, room, out var request))
            {
                yield return request;
            }
        }
    }

    private bool TryCopy(int index, byte[] room, out SampledRequest request)
    {
        ref var slot = ref _slots[index];
        request = default;
        if (Volatile.Read(ref slot.Length) == 0)
        {
            return false;
        }

        var wait = new SpinWait();
        while (Interlocked.Exchange(ref slot.IsBusy, 1) != 0)
        {
            wait.SpinOnce(); // offers take no longer than a copy
        }

        var isRecent = _time.GetElapsedTime(slot.SeenAt) < Memory;
        BodyOf(index).Span[..slot.Length].CopyTo(room);
        request = new SampledRequest(slot.Kind, slot.Audience, room.AsMemory(0, slot.Length));
        Volatile.Write(ref slot.IsBusy, 0);
        return isRecent;
    }

    private bool IsWelcome(ref Slot slot, ulong hash, long now) =>
        Volatile.Read(ref slot.Length) == 0 || hash <= slot.Hash || _time.GetElapsedTime(slot.SeenAt, now) >= Memory;

    private Memory<byte> BodyOf(int index) => _bodies.AsMemory(index * MaxBytes, MaxBytes);

    [StructLayout(LayoutKind.Auto)]
    private struct Slot
    {
        public ulong Hash;
        public long SeenAt;
        public int Length;
        public int IsBusy;
        public SampledRequestKind Kind;
        public FlagAudience Audience;
    }
}

namespace EdgeProxy.Engine.Values;

/// <summary><see cref="PercentageHash"/> of one subject and several owners at a time. Not thread-safe.</summary>
internal sealed class PercentageHashes
{
    private readonly byte[] _messages = new byte[MaxOwners * Md5Lanes.Stride];
    private readonly int[] _lengths = new int[MaxOwners];
    private readonly UInt128[] _digests = new UInt128[MaxOwners];

    /// <summary>The maximum number of owners at a time.</summary>
    public static int MaxOwners => Md5Lanes.Count;

    /// <summary>Numbers from 0 up to, but never, 100; as many as there are owners.</summary>
    /// <param name="owners">Segment keys or feature keys, as text; at most <see cref="MaxOwners"/>.</param>
    /// <param name="subject">The identity key or other value, as text.</param>
    /// <param name="points">The numbers.</param>
    public void Of(ReadOnlySpan<byte[]> owners, ReadOnlySpan<byte> subject, Span<double> points)
    {
        if (!Md5Lanes.Pays(owners.Length) || !TryWrite(owners, subject))
        {
            for (var i = 0; i < owners.Length; i++)
            {
                points[i] = PercentageHash.Of(owners[i], subject);
            }

            return;
        }

        Md5Lanes.Hash(_messages, _lengths.AsSpan(0, owners.Length), _digests);
        for (var i = 0; i < owners.Length; i++)
        {
            points[i] = PercentageHash.Of(_digests[i], owners[i], subject);
        }
    }

    /// <summary>Lays the messages out; false if one is too long for that.</summary>
    private bool TryWrite(ReadOnlySpan<byte[]> owners, ReadOnlySpan<byte> subject)
    {
        for (var i = 0; i < owners.Length; i++)
        {
            var owner = owners[i];
            if (owner.Length + 1 + subject.Length > Md5Lanes.MaxBytes)
            {
                return false;
            }

            _lengths[i] = PercentageHash.Join(owner, subject, _messages.AsSpan(i * Md5Lanes.Stride));
        }

        return true;
    }
}

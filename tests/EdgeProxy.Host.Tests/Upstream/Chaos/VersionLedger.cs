namespace EdgeProxy.Host.Tests.Upstream.Chaos;

/// <summary>The versions that clients have seen: after one has read a version to its end, no request that begins may get an older one.</summary>
internal sealed class VersionLedger
{
    private int _newest;

    /// <summary>The newest version that somebody has.</summary>
    public int Newest => Volatile.Read(ref _newest);

    /// <summary>Records that a client has a version.</summary>
    public void Saw(int version)
    {
        var newest = Newest;
        while (version > newest)
        {
            var before = Interlocked.CompareExchange(ref _newest, version, newest);
            if (before == newest)
            {
                return;
            }

            newest = before;
        }
    }
}

namespace EdgeProxy.Host.Traits;

/// <summary>The queue's state of an environment. Written by the thread of the queue.</summary>
internal sealed class TraitEnvironment
{
    private int _waiting;

    /// <param name="number">The number of the environment, unique in this process.</param>
    /// <param name="clientSideKey">Its client-side key.</param>
    public TraitEnvironment(int number, string clientSideKey)
    {
        Number = number;
        ClientSideKey = clientSideKey;
    }

    /// <summary>The number of the environment.</summary>
    public int Number { get; }

    /// <summary>Its client-side key.</summary>
    public string ClientSideKey { get; }

    /// <summary>The calls that wait or are in flight. May be read by any thread.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>The timestamp before which nothing is sent.</summary>
    public long NotBefore { get; set; }

    /// <summary>Indicates that the API refused a key, so that nothing new is queued until <see cref="NotBefore"/>.</summary>
    public bool IsRefused { get; set; }

    /// <summary>Changes the number of calls that wait.</summary>
    public void AddWaiting(int count) => Volatile.Write(ref _waiting, _waiting + count);
}

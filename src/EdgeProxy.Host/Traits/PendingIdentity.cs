namespace EdgeProxy.Host.Traits;

/// <summary>
/// An identity with calls that wait, or one in flight. What came with a client-side key and what came with a server-side key
/// are two calls; the latter is sent first.
/// </summary>
/// <param name="Id">The hash of environment and identifier.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Identifier">The identifier, in UTF-8.</param>
internal sealed record PendingIdentity(UInt128 Id, TraitEnvironment Environment, byte[] Identifier)
{
    private const int OwnBytes = 256;

    /// <summary>The call with a server-side key.</summary>
    public PendingCall? Server { get; set; }

    /// <summary>The call with a client-side key.</summary>
    public PendingCall? Client { get; set; }

    /// <summary>Indicates whether a call is in flight: there is never another one then.</summary>
    public bool IsInFlight { get; set; }

    /// <summary>The next call to send; null if none waits.</summary>
    public PendingCall? First => Server ?? Client;

    /// <summary>The memory that it takes, about.</summary>
    public int Bytes => OwnBytes + Identifier.Length;

    /// <summary>The call that waits with a kind of key.</summary>
    public PendingCall? Waiting(bool isClientSide) => isClientSide ? Client : Server;

    /// <summary>Sets the call that waits with a kind of key.</summary>
    public void SetWaiting(bool isClientSide, PendingCall? call)
    {
        if (isClientSide)
        {
            Client = call;
        }
        else
        {
            Server = call;
        }
    }
}

namespace EdgeProxy.Host.Commands.Comparison;

/// <summary>Differences that change nothing for SDKs.</summary>
internal enum HarmlessDifference
{
    /// <summary>Members of flags that the other server does not send.</summary>
    Members,

    /// <summary>The same number, spelled otherwise.</summary>
    NumberSpelling,

    /// <summary>The same flags in another order.</summary>
    Order,
}

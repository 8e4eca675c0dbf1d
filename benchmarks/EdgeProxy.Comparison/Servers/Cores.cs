namespace EdgeProxy.Comparison.Servers;

/// <summary>The assignment of processor cores, so that neither a server nor its load takes time from the other.</summary>
internal static class Cores
{
    /// <summary>The core of the server.</summary>
    public const string Server = "0";

    /// <summary>The core of the load, and of everything else.</summary>
    public const string Load = "1";

    /// <summary>Both of them, where the server is measured on more than one.</summary>
    public const string Both = "0,1";
}

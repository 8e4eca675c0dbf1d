using System.Net.Sockets;

namespace EdgeProxy.Host.Server.WarmUp;

/// <summary>A server that answers as the proxy does, and that nobody but the warm-up can reach.</summary>
internal interface IWarmUpServer : IAsyncDisposable
{
    /// <summary>The environments that it serves.</summary>
    IReadOnlyList<WarmUpEnvironment> Environments { get; }

    /// <summary>Opens a connection; returns the client's end.</summary>
    Socket Connect();
}

using Microsoft.AspNetCore.Connections;

namespace EdgeProxy.Host.Tests.Server;

/// <summary>A connection of no socket.</summary>
internal sealed class FakeConnection : DefaultConnectionContext
{
    private volatile bool _isAborted;

    /// <summary>True if it was broken off.</summary>
    public bool IsAborted => _isAborted;

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason) => _isAborted = true;
}

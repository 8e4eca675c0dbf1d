namespace EdgeProxy.Comparison.Mechanisms;

/// <summary>Something that delays requests, unless a mechanism prevents it.</summary>
internal interface IHazard
{
    /// <summary>Goes on for so long.</summary>
    /// <param name="server">The server.</param>
    /// <param name="duration">For how long; whole seconds.</param>
    /// <exception cref="InvalidOperationException">It did not happen: whatever was measured beside it, it was not this.</exception>
    Task RunAsync(Uri server, TimeSpan duration);
}

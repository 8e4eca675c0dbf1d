using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Load;

/// <summary>A program that asks the same question as fast as it is answered.</summary>
internal interface ILoadTool
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Asks for so long.</summary>
    /// <param name="server">The server.</param>
    /// <param name="question">The question.</param>
    /// <param name="connections">The number of concurrent connections.</param>
    /// <param name="duration">For how long; whole seconds.</param>
    Task<LoadResult> RunAsync(Uri server, HttpQuestion question, int connections, TimeSpan duration);
}

using EdgeProxy.Comparison.Load;
using EdgeProxy.Comparison.Servers;

namespace EdgeProxy.Comparison.Mechanisms;

/// <summary>Requests of other clients, as many as are answered.</summary>
internal sealed class RequestHazard : IHazard
{
    private readonly HttpQuestion _question;
    private readonly int _connections;
    private readonly Wrk _load;

    /// <param name="question">The request.</param>
    /// <param name="connections">The number of connections.</param>
    /// <param name="pipelined">The number of requests that a connection sends at a time.</param>
    public RequestHazard(HttpQuestion question, int connections, int pipelined = 1)
    {
        _question = question;
        _connections = connections;
        _load = new Wrk(pipelined);
    }

    /// <inheritdoc/>
    public async Task RunAsync(Uri server, TimeSpan duration)
    {
        var result = await _load.RunAsync(server, _question, _connections, duration);
        if (result.Requests <= result.Failures)
        {
            throw new InvalidOperationException($"{_question.Path}: none of {result.Requests} requests beside the measured ones was answered with 200.");
        }
    }
}

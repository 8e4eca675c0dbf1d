using EdgeProxy.Host.Commands.Requests;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands;

/// <summary>
/// <c>edge-proxy health</c>: for health checks of containers without curl. Prints readiness as the proxy answers it, and, if
/// it is not ready, the environments at fault in words.
/// </summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <summary>Requests readiness from the proxy at the configured address.</summary>
    /// <param name="configuration">The configuration; only the listeners and the operators' token are used.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public static async Task<int> RunAsync(ConfigurationResult configuration, CancellationToken cancellationToken)
    {
        var server = configuration.Options.Server;
        var probe = new ReadinessProbe(configuration.Options);
        try
        {
            var (isReady, answer) = await probe.AskAsync(Timeout, cancellationToken);
            await Console.Out.WriteLineAsync(answer);
            if (isReady)
            {
                return 0;
            }

            // Only now the token is sent, and only to a proxy that answers for itself.
            var detail = answer.Contains(HealthText.FaultsMember, StringComparison.Ordinal) ? answer : await probe.TryAskAsOperatorAsync(Timeout, cancellationToken);
            await Console.Error.WriteLineAsync(HealthText.Describe(detail ?? answer));
        }
        catch (HttpRequestException exception)
        {
            await Console.Error.WriteLineAsync($"Not ready: {NoAnswer.Describe(exception, probe.Url, Timeout)}. Is the proxy running, with this configuration?");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"Not ready: no answer from {server.Host} port {server.Port} within {Timeout.TotalSeconds} s.");
        }

        return 1;
    }
}

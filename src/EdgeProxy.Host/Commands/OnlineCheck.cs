using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Offline;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Upstream;
using EdgeProxy.Host.Upstream.Discovery;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Commands;

/// <summary>Sends a request with each key to the upstream, as the proxy does, and prints each result.</summary>
internal static class OnlineCheck
{
    private const int MaxAtOnce = 8;

    /// <summary>Checks every key of the configuration.</summary>
    /// <returns>The number of checks that failed.</returns>
    public static async Task<int> RunAsync(ProxyOptions options, CancellationToken cancellationToken)
    {
        // The proxy's own components, not started: they fetch exactly as the proxy does.
        await using var application = ProxyApplication.Build(options, [], TimeProvider.System, static logging => logging.SetMinimumLevel(LogLevel.None));
        var services = application.Services;
        using var gate = new SemaphoreSlim(MaxAtOnce);
        var checks = options.EnvironmentKeyPairs.Select(async pair =>
        {
            await gate.WaitAsync(cancellationToken);
            try
            {
                return (Name: $"environment {KeyMask.Mask(pair.ServerSideKey)}", Result: await CheckAsync(services, pair, cancellationToken));
            }
            finally
            {
                gate.Release();
            }
        }).ToList();
        if (options.Upstream.ProxyKey is { } proxyKey)
        {
            checks.Add(CheckProxyKeyAsync(services, proxyKey, cancellationToken));
        }

        var failed = 0;
        foreach (var check in checks)
        {
            var (name, (isGood, text)) = await check;
            failed += isGood ? 0 : 1;
            await Console.Error.WriteLineAsync(LogText.Escape($"  {name}: {text}"));
        }

        return failed;
    }

    private static async Task<(bool IsGood, string Text)> CheckAsync(IServiceProvider services, EnvironmentKeyPairOptions pair, CancellationToken cancellationToken)
    {
        try
        {
            var document = await services.GetRequiredService<DocumentFetcher>().FetchAsync(new FetchKeys(pair.ServerSideKey), FetchConditions.None, cancellationToken);
            var content = document!.Content;
            var admission = services.GetRequiredService<DocumentAdmission>().Admit(content, current: null);
            var snapshot = admission.Environment.Snapshot;
            var key = OfflineDocumentLoader.ReadKey(content);
            return key == pair.ClientSideKey
                ? (true, $"OK, \"{snapshot.Name}\" with {snapshot.FeatureCount} features")
                : (false, $"the document belongs to the client-side key {KeyMask.Mask(key)}, and the configuration has {KeyMask.Mask(pair.ClientSideKey)} beside this server-side key");
        }
        catch (UpstreamException exception)
        {
            return (false, exception.Message);
        }
        catch (EnvironmentDocumentException exception)
        {
            return (false, $"its document cannot be served: {exception.Message}");
        }
    }

    private static async Task<(string Name, (bool IsGood, string Text) Result)> CheckProxyKeyAsync(IServiceProvider services, string key, CancellationToken cancellationToken)
    {
        var name = $"proxy_key {KeyMask.Mask(key)}";
        try
        {
            await services.GetRequiredService<ProxyConfigFetcher>().FetchAsync(entityTag: null, cancellationToken);
            return (name, (true, "OK"));
        }
        catch (UpstreamException exception)
        {
            return (name, (false, exception.Message));
        }
    }
}

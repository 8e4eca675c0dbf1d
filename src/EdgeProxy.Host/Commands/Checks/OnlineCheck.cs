using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Offline;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Upstream;
using EdgeProxy.Host.Upstream.Discovery;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>Sends a request with each key to the upstream, as the proxy does.</summary>
internal sealed class OnlineCheck
{
    private const int MaxAtOnce = 8;

    private readonly IServiceProvider _services;
    private readonly IReadOnlyList<EnvironmentKeyPairOptions> _pairs;

    private OnlineCheck(IServiceProvider services, IReadOnlyList<EnvironmentKeyPairOptions> pairs)
    {
        _services = services;
        _pairs = pairs;
    }

    /// <summary>Checks every key of the configuration.</summary>
    /// <returns>The results, in the order of the keys.</returns>
    public static async Task<IReadOnlyList<OnlineResult>> RunAsync(ProxyOptions options, CancellationToken cancellationToken)
    {
        // The proxy's own components, not started: they fetch exactly as the proxy does.
        await using var application = ProxyApplication.Build(options, [], TimeProvider.System, static logging => logging.SetMinimumLevel(LogLevel.None));
        var check = new OnlineCheck(application.Services, options.EnvironmentKeyPairs);
        using var gate = new SemaphoreSlim(MaxAtOnce);
        var checks = options.EnvironmentKeyPairs.Select(async pair =>
        {
            await gate.WaitAsync(cancellationToken);
            try
            {
                return await check.CheckAsync(pair, cancellationToken);
            }
            finally
            {
                gate.Release();
            }
        }).ToList();
        if (options.Upstream.ProxyKey is { } proxyKey)
        {
            checks.Add(check.CheckProxyKeyAsync(proxyKey, cancellationToken));
        }

        return await Task.WhenAll(checks);
    }

    private async Task<OnlineResult> CheckAsync(EnvironmentKeyPairOptions pair, CancellationToken cancellationToken)
    {
        var name = $"environment {KeyMask.Mask(pair.ServerSideKey)}";
        var fetcher = _services.GetRequiredService<DocumentFetcher>();
        var content = default(byte[]);
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            content = (await fetcher.FetchAsync(new FetchKeys(pair.ServerSideKey), FetchConditions.None, cancellationToken))!.Content;
            var admission = _services.GetRequiredService<DocumentAdmission>().Admit(content, current: null);
            var snapshot = admission.Environment.Snapshot;
            var key = OfflineDocumentLoader.ReadKey(content);
            return new OnlineResult(name, key == pair.ClientSideKey, key == pair.ClientSideKey ? $"OK, \"{snapshot.Name}\" with {snapshot.FeatureCount} features" : DescribeOther(pair, key))
            {
                Document = content,
                Elapsed = TimeProvider.System.GetElapsedTime(started),
                Problems = admission.Problems.Count,
            };
        }
        catch (UpstreamException exception)
        {
            return new OnlineResult(name, IsGood: false, exception.Message) { IsRefused = exception.IsRefused };
        }
        catch (EnvironmentDocumentException exception)
        {
            return new OnlineResult(name, IsGood: false, $"its document cannot be served: {exception.Message}{(IsHtml(content) ? " It is an HTML page: is api_url the address of the API, and not of the web interface or of a login page?" : "")}");
        }
        catch (OutOfMemoryException exception)
        {
            return new OnlineResult(name, IsGood: false, FetchFailure.Of(exception, fetcher.Url).Message);
        }
    }

    private string DescribeOther(EnvironmentKeyPairOptions pair, string key) =>
        $"the document belongs to the client-side key {KeyMask.Mask(key)}, and the configuration has {KeyMask.Mask(pair.ClientSideKey)} beside this server-side key"
        + (_pairs.Any(other => other.ClientSideKey == key) ? $"; {KeyMask.Mask(key)} is in another pair: the keys of two environments are swapped" : "");

    private static bool IsHtml(byte[]? content) => content.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("<"u8);

    private async Task<OnlineResult> CheckProxyKeyAsync(string key, CancellationToken cancellationToken)
    {
        var name = $"proxy_key {KeyMask.Mask(key)}";
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            await _services.GetRequiredService<ProxyConfigFetcher>().FetchAsync(entityTag: null, cancellationToken);
            return new OnlineResult(name, IsGood: true, "OK") { Elapsed = TimeProvider.System.GetElapsedTime(started) };
        }
        catch (UpstreamException exception)
        {
            return new OnlineResult(name, IsGood: false, exception.Message) { IsRefused = exception.IsRefused };
        }
    }
}

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
    private const int MaxNamed = 5;

    private readonly IServiceProvider _services;
    private readonly IReadOnlyList<EnvironmentKeyPairOptions> _pairs;

    private OnlineCheck(IServiceProvider services, IReadOnlyList<EnvironmentKeyPairOptions> pairs)
    {
        _services = services;
        _pairs = pairs;
    }

    /// <summary>Checks every key of the configuration, and those of the environments that the proxy key lists.</summary>
    /// <returns>The results, in the order of the keys.</returns>
    public static async Task<IReadOnlyList<OnlineResult>> RunAsync(ProxyOptions options, CancellationToken cancellationToken)
    {
        // The proxy's own components, not started: they fetch exactly as the proxy does.
        await using var application = ProxyApplication.Build(options, [], TimeProvider.System, static logging => logging.SetMinimumLevel(LogLevel.None));
        var check = new OnlineCheck(application.Services, options.EnvironmentKeyPairs);
        var results = new List<OnlineResult>(await check.CheckAllAsync(options.EnvironmentKeyPairs, proxyKey: null, cancellationToken));
        if (options.Upstream.ProxyKey is { } proxyKey)
        {
            var (result, listed) = await check.ListAsync(proxyKey, cancellationToken);
            results.Add(result);
            results.AddRange(await check.CheckAllAsync(listed, proxyKey, cancellationToken));
        }

        return results;
    }

    private async Task<OnlineResult[]> CheckAllAsync(IEnumerable<EnvironmentKeyPairOptions> pairs, string? proxyKey, CancellationToken cancellationToken)
    {
        using var gate = new SemaphoreSlim(MaxAtOnce);
        return await Task.WhenAll(pairs.Select(async pair =>
        {
            await gate.WaitAsync(cancellationToken);
            try
            {
                return await CheckAsync(pair, proxyKey, cancellationToken);
            }
            finally
            {
                gate.Release();
            }
        }));
    }

    private async Task<OnlineResult> CheckAsync(EnvironmentKeyPairOptions pair, string? proxyKey, CancellationToken cancellationToken)
    {
        var name = $"environment {KeyMask.Mask(pair.ServerSideKey)}";
        var fetcher = _services.GetRequiredService<DocumentFetcher>();
        var content = default(byte[]);
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            content = (await fetcher.FetchAsync(new FetchKeys(pair.ServerSideKey, proxyKey), FetchConditions.None, cancellationToken))!.Content;
            var admission = _services.GetRequiredService<DocumentAdmission>().Admit(content, current: null);
            var snapshot = admission.Environment.Snapshot;
            var key = OfflineDocumentLoader.ReadKey(content);
            return new OnlineResult(name, key == pair.ClientSideKey, key == pair.ClientSideKey ? $"OK, \"{snapshot.Name}\" with {snapshot.FeatureCount} features" : DescribeOther(pair, key, proxyKey is null ? "configuration has" : "proxy config lists"))
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

    private string DescribeOther(EnvironmentKeyPairOptions pair, string key, string source) =>
        $"the document belongs to the client-side key {KeyMask.Mask(key)}, and the {source} {KeyMask.Mask(pair.ClientSideKey)} beside this server-side key"
        + (_pairs.Any(other => other.ClientSideKey == key) ? $"; {KeyMask.Mask(key)} is in another pair: the keys of two environments are swapped" : "");

    private static bool IsHtml(byte[]? content) => content.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("<"u8);

    /// <summary>Fetches the proxy config, and reads it as the proxy does at its start.</summary>
    /// <returns>The result, and a pair of keys for each environment that would be served.</returns>
    private async Task<(OnlineResult Result, IReadOnlyList<EnvironmentKeyPairOptions> Listed)> ListAsync(string key, CancellationToken cancellationToken)
    {
        var name = $"proxy_key {KeyMask.Mask(key)}";
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            var config = await _services.GetRequiredService<ProxyConfigFetcher>().FetchAsync(entityTag: null, cancellationToken);
            var read = ProxyConfigReader.Read(config!.Content);
            var problems = read.Problems.ToList();
            var registry = _services.GetRequiredService<EnvironmentRegistry>();
            var listed = new KeyClaims(() => registry.Environments, key).Settle(read.Environments, problems);
            var now = TimeProvider.System.GetUtcNow();
            var served = listed
                .Select(environment => (Environment: environment, Key: environment.ServerSideKeys.FirstOrDefault(listedKey => listedKey.IsUsable(now))))
                .Where(static listing => listing.Key is not null)
                .ToList();
            return (
                new OnlineResult(name, IsGood: served.Count > 0, Describe([.. served.Select(static listing => listing.Environment)], listed.Count))
                {
                    Elapsed = TimeProvider.System.GetElapsedTime(started),
                    Problems = problems.Count + listed.Count - served.Count,
                },
                [.. served.Select(static listing => new EnvironmentKeyPairOptions(listing.Key!.Key, listing.Environment.ClientSideKey))]);
        }
        catch (UpstreamException exception)
        {
            return (new OnlineResult(name, IsGood: false, exception.Message) { IsRefused = exception.IsRefused }, []);
        }
    }

    private static string Describe(IReadOnlyList<ListedEnvironment> served, int listed)
    {
        if (served.Count == 0)
        {
            return listed == 0 ? "the API lists no environment for it that could be served"
                : $"the API lists {Quantity.Of(listed, "environment")} for it, none with a server-side key that is active and not expired";
        }

        var names = string.Join(", ", served.Take(MaxNamed).Select(static environment => environment.Name is { } name ? $"\"{name}\"" : KeyMask.Mask(environment.ClientSideKey)));
        return $"OK, gives {Quantity.Of(served.Count, "environment")}: {names}{(served.Count > MaxNamed ? ", …" : "")}";
    }
}

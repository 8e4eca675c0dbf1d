using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream.Discovery;

/// <summary>
/// Resolves conflicts over a key: the operator's configuration always wins, and of listed environments the
/// first. The expiry of a key is ignored, so that no key changes its owner over time.
/// </summary>
internal sealed class KeyClaims
{
    private readonly Func<IEnumerable<EnvironmentState>> _environments;
    private readonly string? _proxyKey;

    /// <param name="environments">The environments that are served regardless of the proxy config.</param>
    /// <param name="proxyKey">The proxy's own key.</param>
    public KeyClaims(Func<IEnumerable<EnvironmentState>> environments, string? proxyKey)
    {
        _environments = environments;
        _proxyKey = proxyKey;
    }

    /// <summary>Selects the environments whose keys belong to no other.</summary>
    /// <param name="listed">All listed environments.</param>
    /// <param name="problems">Receives those that are skipped.</param>
    public IReadOnlyList<ListedEnvironment> Settle(IEnumerable<ListedEnvironment> listed, List<Problem> problems)
    {
        var configured = new HashSet<string>(
            _environments().SelectMany(static environment => environment.ServerSideKeys.Select(static key => key.Key).Append(environment.ClientSideKey)),
            StringComparer.Ordinal);
        if (_proxyKey is not null)
        {
            configured.Add(_proxyKey);
        }

        var taken = new HashSet<string>(StringComparer.Ordinal);
        var settled = new List<ListedEnvironment>();
        foreach (var environment in listed)
        {
            if (environment.AllKeys.FirstOrDefault(configured.Contains) is { } own)
            {
                problems.Add(new Problem(environment.Path, $"has the key {KeyMask.Mask(own)}, which is in the configuration; it is skipped"));
            }
            else if (environment.AllKeys.FirstOrDefault(taken.Contains) is { } shared)
            {
                problems.Add(new Problem(environment.Path, $"has the key {KeyMask.Mask(shared)} of an environment before it; it is skipped"));
            }
            else
            {
                taken.UnionWith(environment.AllKeys);
                settled.Add(environment);
            }
        }

        return settled;
    }
}

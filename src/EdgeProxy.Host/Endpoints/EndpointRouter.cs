using System.Collections.Frozen;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Operations;

namespace EdgeProxy.Host.Endpoints;

/// <summary>
/// Finds the endpoint of a request by its raw target: a path that is not spelled as documented (dot segments, empty
/// segments, percent-encoded letters) is 404, so that path rules of a proxy in front cannot be bypassed. Every path works
/// with and without its final slash. Allocates nothing.
/// </summary>
internal sealed class EndpointRouter
{
    private readonly RouteSet _main;
    private readonly RouteSet _metrics;
    private readonly RouteSet _operators;

    /// <param name="routes">All endpoints.</param>
    /// <param name="metrics">The metrics options: the port.</param>
    /// <param name="operators">The operators' options: the port or socket.</param>
    public EndpointRouter(IEnumerable<EndpointRoute> routes, MetricsOptions metrics, OperatorOptions operators)
    {
        EndpointRoute[] all = [.. routes.Where(static route => route.Handler.IsEnabled)];
        var hasMetricsListener = metrics.Port is not null;
        _main = new RouteSet(all.Where(route => route.Definition.Surface switch
        {
            EndpointSurface.Metrics => !hasMetricsListener,
            EndpointSurface.Operators => !operators.HasListener,
            _ => true,
        }));
        _metrics = new RouteSet(all.Where(static route => route.Definition.Surface is EndpointSurface.Metrics or EndpointSurface.Health));
        _operators = new RouteSet(all.Where(static route => route.Definition.Surface is EndpointSurface.Operators or EndpointSurface.Health));
    }

    /// <summary>Finds the endpoint of a request.</summary>
    /// <param name="rawTarget">The request target: path and query, or an absolute URL.</param>
    /// <param name="listener">The listener of the connection.</param>
    /// <returns>The endpoint; null if no path matches.</returns>
    public EndpointRoute? Find(string rawTarget, ListenerKind listener)
    {
        var routes = listener switch
        {
            ListenerKind.Metrics => _metrics,
            ListenerKind.Operators => _operators,
            _ => _main,
        };
        return routes.Find(RawTarget.PathOf(rawTarget));
    }

    /// <summary>The routes of one listener.</summary>
    private sealed class RouteSet
    {
        private readonly FrozenDictionary<string, EndpointRoute>.AlternateLookup<ReadOnlySpan<char>> _byPath;
        private readonly (PathPattern Pattern, EndpointRoute Route)[] _patterns;

        public RouteSet(IEnumerable<EndpointRoute> routes)
        {
            var paths = routes.SelectMany(static route => route.Definition.Aliases.Prepend(route.Definition.Path), static (route, path) => (Path: path.TrimEnd('/'), Route: route)).ToArray();
            _byPath = paths.Where(static path => !PathPattern.IsPattern(path.Path))
                .ToFrozenDictionary(static path => path.Path, static path => path.Route, StringComparer.Ordinal)
                .GetAlternateLookup<ReadOnlySpan<char>>();
            _patterns = [.. paths.Where(static path => PathPattern.IsPattern(path.Path)).Select(static path => (new PathPattern(path.Path), path.Route))];
        }

        public EndpointRoute? Find(ReadOnlySpan<char> path)
        {
            if (_byPath.TryGetValue(path is [.., '/'] ? path[..^1] : path, out var route))
            {
                return route;
            }

            foreach (ref readonly var entry in _patterns.AsSpan())
            {
                if (entry.Pattern.IsMatch(path))
                {
                    return entry.Route;
                }
            }

            return null;
        }
    }
}

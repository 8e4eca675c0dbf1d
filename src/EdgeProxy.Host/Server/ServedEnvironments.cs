using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Server;

/// <summary>Describes the environments that a configuration serves, in words.</summary>
internal static class ServedEnvironments
{
    /// <summary>Describes their number and origin.</summary>
    public static string Describe(ProxyOptions options)
    {
        var files = options.EnvironmentDocuments.Count + (options.Demo ? 1 : 0);
        string[] parts =
        [
            .. options.EnvironmentKeyPairs.Count > 0 ? [$"{Count(options.EnvironmentKeyPairs.Count)} polled from {options.Upstream.ApiUrl.GetLeftPart(UriPartial.Path)}"] : Array.Empty<string>(),
            .. options.Upstream.ProxyKey is not null ? [$"those that the proxy key finds at {options.Upstream.ApiUrl.GetLeftPart(UriPartial.Path)}"] : Array.Empty<string>(),
            .. files > 0 ? [$"{Count(files)} served from {(options.Demo && files == 1 ? "the built-in demo" : "files")}"] : Array.Empty<string>(),
        ];
        return string.Join(", ", parts);
    }

    /// <summary>Formats a number of environments.</summary>
    public static string Count(int environments) => Quantity.Of(environments, "environment");
}

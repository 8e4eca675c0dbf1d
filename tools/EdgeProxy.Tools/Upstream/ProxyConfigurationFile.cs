using System.Text.Json.Nodes;

namespace EdgeProxy.Tools.Upstream;

/// <summary>A <c>config.json</c> for the proxy under test.</summary>
internal static class ProxyConfigurationFile
{
    /// <summary>The text of the file.</summary>
    /// <param name="api">The stand-in to poll.</param>
    /// <param name="proxyPort">The port for the proxy to listen on.</param>
    /// <param name="pollSeconds">The interval between polls.</param>
    public static string Text(StandInApi api, int proxyPort, int pollSeconds) => new JsonObject
    {
        ["environment_key_pairs"] = new JsonArray([.. api.Environments.Select(static environment => new JsonObject
        {
            ["server_side_key"] = environment.ServerKey,
            ["client_side_key"] = environment.Document.ClientKey,
        })]),
        ["api_url"] = new Uri(api.Address, "/api/v1").AbsoluteUri,
        ["api_poll_frequency_seconds"] = pollSeconds,
        ["server"] = new JsonObject { ["host"] = "127.0.0.1", ["port"] = proxyPort },
    }.ToString();
}

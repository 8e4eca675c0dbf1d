using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands;

/// <summary><c>edge-proxy fleet</c>: <c>GET /proxy/fleet</c> as a table.</summary>
internal static class FleetCommand
{
    /// <summary>Asks the proxy that runs with the configuration.</summary>
    /// <param name="configuration">The configuration; only listeners and token are used.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async Task<int> RunAsync(ConfigurationResult configuration, CancellationToken cancellationToken)
    {
        if (await OperatorRequest.GetAsync(configuration.Options, "/proxy/fleet", url: null, token: null, cancellationToken) is not { } body)
        {
            return 1;
        }

        await Console.Out.WriteAsync(Table(JsonNode.Parse(body)!));
        return 0;
    }

    /// <summary>Renders the listing.</summary>
    public static string Table(JsonNode fleet)
    {
        if (fleet["store"] is not { } store)
        {
            return "This instance is not a member of a fleet: fleet.store is not set.\n";
        }

        var text = new StringBuilder();
        var isAway = (string?)store["state"] != "ok";
        text.Append(CultureInfo.InvariantCulture, $"Store {store["address"]}: {store["state"]}{(isAway ? $" since {store["away_since"]}: {store["problem"]}" : "")}\n\n");
        List<string[]> members = [["MEMBER", "VERSION", "STARTED", "ADDRESS"]];
        members.AddRange(Items(fleet, "members").Select(static member => new[] { Text(member, "name"), Text(member, "version"), Text(member, "started"), Text(member, "address") }));
        TextTable.Append(text, members);
        text.Append('\n');
        List<string[]> environments = [["ENVIRONMENT", "KEY", "MEMBER", "REVISION", "UPDATED", "BEHIND", "LEASE"]];
        foreach (var environment in Items(fleet, "environments"))
        {
            environments.AddRange(Items(environment, "members").Select(member => new[]
            {
                Text(environment, "name"), Text(environment, "client_side_key"), Text(member, "name"), Text(member, "version"), Text(member, "updated_at"),
                (bool)member["behind"]! ? string.Create(CultureInfo.InvariantCulture, $"{(double)member["behind_seconds"]!:0.###} s") : "-",
                Text(member, "name") == Text(environment, "lease") ? "holds" : "",
            }));
        }

        TextTable.Append(text, environments);
        return text.ToString();
    }

    private static IEnumerable<JsonNode> Items(JsonNode node, string name) => node[name]?.AsArray().OfType<JsonNode>() ?? [];

    private static string Text(JsonNode node, string name) => (string?)node[name] ?? "-";
}

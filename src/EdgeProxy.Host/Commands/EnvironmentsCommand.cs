using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands;

/// <summary><c>edge-proxy environments</c> (docs/spec/operator-commands.md 3): <c>GET /proxy/environments</c> as a table.</summary>
internal static class EnvironmentsCommand
{
    private const string Path = "/proxy/environments";

    /// <summary>Asks a proxy.</summary>
    /// <param name="arguments">The proxy and its token, null for the one that runs with the configuration; and true to print JSON.</param>
    /// <param name="configuration">The configuration; only listeners and token are used.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>0 if it answers, else 1.</returns>
    public static async Task<int> RunAsync((string? Url, string? Token, bool IsJson) arguments, ConfigurationResult configuration, CancellationToken cancellationToken)
    {
        var (url, token, isJson) = arguments;
        if (url is not null && !OperatorRequest.IsAddress(url))
        {
            await Console.Error.WriteLineAsync(OperatorRequest.NoAddress(url));
            return 1;
        }

        if (await OperatorRequest.GetAsync(configuration.Options, Path, url, token, cancellationToken) is not { } body)
        {
            return 1;
        }

        if (isJson)
        {
            await Console.Out.WriteLineAsync(body);
            return 0;
        }

        if (Parse(body)?["environments"] is not JsonArray environments)
        {
            await Console.Error.WriteLineAsync("The answer is not that of an EdgeProxy. Does another program listen there?");
            return 1;
        }

        await Console.Out.WriteAsync(Table(environments));
        return 0;
    }

    /// <summary>Renders the listing: a table, and below it the errors.</summary>
    public static string Table(JsonArray environments)
    {
        List<string[]> rows = [["NAME", "KEY", "KIND", "STATUS", "SOURCE", "UPDATED", "AGE", "FEATURES", "SEGMENTS", "OVERRIDES", "FAILURES"]];
        var notes = new StringBuilder();
        foreach (var environment in environments.OfType<JsonNode>())
        {
            rows.Add(
            [
                Text(environment, "name"), Text(environment, "client_side_key"), Text(environment, "kind"), Text(environment, "status"), Text(environment, "source"),
                Text(environment, "updated_at"), environment["age_seconds"] is { } age ? ShortTime.Of(TimeSpan.FromSeconds((double)age)) : "-",
                Text(environment, "features"), Text(environment, "segments"), Text(environment, "identity_overrides"), Text(environment, "failures"),
            ]);
            Note(notes, environment, "last_error", "last error");
            Note(notes, environment, "rejected_document", "rejected document");
            if (environment["held_back"] is { } heldBack)
            {
                Append(notes, environment, string.Create(CultureInfo.InvariantCulture, $"an older document is held back since {heldBack["since"]}: {heldBack["version"]}"));
            }
        }

        var text = new StringBuilder();
        TextTable.Append(text, rows);
        return notes.Length == 0 ? text.ToString() : text.Append('\n').Append(notes).ToString();
    }

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Note(StringBuilder notes, JsonNode environment, string member, string name)
    {
        if (environment[member] is { } error)
        {
            Append(notes, environment, $"{name} at {error["at"]}: {error["message"]}");
        }
    }

    private static void Append(StringBuilder notes, JsonNode environment, string note) =>
        notes.Append(LogText.Escape($"{Text(environment, "name")} ({Text(environment, "client_side_key")}): {note}")).Append('\n');

    private static string Text(JsonNode node, string name) => node[name]?.ToString() ?? "-";
}

using System.Text.Json;

namespace EdgeProxy.Host.Fleet;

/// <summary>A member of the fleet, as it describes itself.</summary>
/// <param name="Name">The name.</param>
/// <param name="Version">The version of the program.</param>
/// <param name="Started">The time of its start.</param>
/// <param name="Address">The address that it listens on.</param>
/// <param name="Environments">The version that it serves of each environment, by <see cref="SealedEnvironment.Id"/>.</param>
internal sealed record FleetMember(string Name, string? Version, string? Started, string? Address, IReadOnlyDictionary<string, FleetVersion> Environments)
{
    /// <summary>Reads a statement; null if it is none.</summary>
    public static FleetMember? Parse(string statement)
    {
        try
        {
            using var document = JsonDocument.Parse(statement);
            var root = document.RootElement;
            var environments = new Dictionary<string, FleetVersion>(StringComparer.Ordinal);
            foreach (var environment in root.GetProperty("environments"u8).EnumerateObject())
            {
                if (FleetVersion.Parse(environment.Value.GetString() ?? "") is { } version)
                {
                    environments[environment.Name] = version;
                }
            }

            return new FleetMember(root.GetProperty("name"u8).GetString() ?? "", TextOf(root, "version"), TextOf(root, "started"), TextOf(root, "address"), environments);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}

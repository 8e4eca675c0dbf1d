using System.Text;
using System.Text.Json;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Logging;

namespace EdgeProxy.Host.Commands;

/// <summary>Describes an answer of readiness for people.</summary>
internal static class HealthText
{
    /// <summary>The member with the environments at fault.</summary>
    public const string FaultsMember = "environments_at_fault";

    /// <summary>Describes an answer that is not ready: the reason, and a line for each environment at fault.</summary>
    /// <param name="json">The body of the answer.</param>
    public static string Describe(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var text = new StringBuilder(LogText.Escape($"Not ready: {document.RootElement.GetProperty("reason").GetString()}"));
            if (!document.RootElement.TryGetProperty(FaultsMember, out var faults))
            {
                return text.Append(" The environments are listed with the operators' token (server.admin_token).").ToString();
            }

            foreach (var fault in faults.EnumerateArray())
            {
                text.AppendLine().Append("  ").Append(LogText.Escape(DescribeFault(fault)));
            }

            return text.ToString();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "Not ready: the answer is not that of an EdgeProxy. Does another program listen there?";
        }
    }

    private static string DescribeFault(JsonElement fault)
    {
        var key = fault.GetProperty("client_side_key").GetString();
        var label = fault.GetProperty("name").GetString() is { } name ? $"'{name}' ({key})" : key;
        var time = fault.GetProperty("for_seconds") is { ValueKind: JsonValueKind.Number } seconds ? $" for {ShortTime.Of(TimeSpan.FromSeconds(seconds.GetDouble()))}" : "";
        var state = fault.GetProperty("status").GetString() == "stale" ? "not updated" : fault.GetProperty("status").GetString();
        return $"{label}: {state}{time}: {fault.GetProperty("cause").GetString()}";
    }
}

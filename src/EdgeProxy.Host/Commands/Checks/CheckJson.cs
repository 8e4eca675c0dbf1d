using System.Text.Json;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>Writes results as JSON.</summary>
internal static class CheckJson
{
    /// <summary>Writes a report: an object with <c>status</c> and <c>results</c>.</summary>
    public static void Write(Utf8JsonWriter writer, CheckReport report)
    {
        writer.WriteStartObject();
        writer.WriteString("status"u8, NameOf(report.ExitCode == 0 ? CheckStatus.Ok : report.ExitCode == 1 ? CheckStatus.Warning : CheckStatus.Failure));
        writer.WriteStartArray("results"u8);
        foreach (var result in report.Results)
        {
            writer.WriteStartObject();
            writer.WriteString("status"u8, NameOf(result.Status));
            writer.WriteString("check"u8, result.Check);
            writer.WriteString("message"u8, result.Message);
            writer.WriteString("advice"u8, result.Advice);
            if (result.Details.Count > 0)
            {
                writer.WriteStartArray("details"u8);
                foreach (var line in result.Details)
                {
                    writer.WriteStringValue(line);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> NameOf(CheckStatus status) => status switch
    {
        CheckStatus.Ok => "ok"u8,
        CheckStatus.Skipped => "skipped"u8,
        CheckStatus.Warning => "warning"u8,
        _ => "failure"u8,
    };
}

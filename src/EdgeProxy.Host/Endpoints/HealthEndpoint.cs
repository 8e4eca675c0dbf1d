using System.Buffers;
using System.Globalization;
using System.Text.Json;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Operations;

namespace EdgeProxy.Host.Endpoints;

/// <summary>The health paths (docs/spec/sdk-api.md 9).</summary>
internal sealed class HealthEndpoint
{
    private const string Verbose = "?verbose";

    private readonly HealthMonitor _monitor;
    private readonly EnvironmentListing _listing;
    private readonly OperatorAccess _access;

    public HealthEndpoint(HealthMonitor monitor, EnvironmentListing listing, OperatorAccess access)
    {
        _monitor = monitor;
        _listing = listing;
        _access = access;
    }

    /// <summary>Whether every environment is loaded and fresh; with <c>?verbose</c>, operators are told of each.</summary>
    public Task AnswerReadiness(Exchange exchange)
    {
        var report = _monitor.Report();
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, CompactJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("status"u8, report.Reason is null ? "ok" : "error");
            writer.WriteString("reason"u8, report.Reason);
            writer.WriteString("last_successful_update"u8, report.LastSuccessfulUpdate?.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture));
            if (exchange.QueryString.StartsWith(Verbose, StringComparison.Ordinal) && _access.Allows(exchange))
            {
                writer.WritePropertyName("environments"u8);
                _listing.Write(writer);
            }

            writer.WriteEndObject();
        }

        var status = report.Reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return ResponseWriter.WriteJson(exchange, status, body.WrittenMemory);
    }

    /// <summary>That the process answers is the answer.</summary>
    public static Task AnswerLiveness(Exchange exchange) => ResponseWriter.WriteNothing(exchange, StatusCodes.Status200OK);
}

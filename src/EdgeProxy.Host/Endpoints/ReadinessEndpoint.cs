using EdgeProxy.Host.Common;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Operations;

namespace EdgeProxy.Host.Endpoints;

/// <summary>
/// <c>GET /proxy/health/readiness</c> (docs/spec/sdk-api.md 9): 200 if the required environments are loaded and fresh.
/// Operators get those at fault with a 503, and the state of each with <c>?verbose</c>.
/// </summary>
internal sealed class ReadinessEndpoint : OpenEndpoint, IEndpointDefinition
{
    private const string Verbose = "?verbose";

    private readonly HealthMonitor _monitor;
    private readonly EnvironmentListing _listing;
    private readonly ReadinessFaults _faults;
    private readonly OperatorAccess _access;

    public ReadinessEndpoint(HealthMonitor monitor, EnvironmentListing listing, ReadinessFaults faults, OperatorAccess access)
    {
        _monitor = monitor;
        _listing = listing;
        _faults = faults;
        _access = access;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("readiness", "/proxy/health/readiness", EndpointSurface.Health)
    {
        Aliases = ["/health", "/proxy/health"],
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange)
    {
        var report = _monitor.Report();
        var status = report.Reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return ResponseWriter.WriteJson(exchange, status, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("status"u8, report.Reason is not null ? "error" : report.Degraded is not null ? "degraded" : "ok");
            writer.WriteString("reason"u8, report.Reason ?? report.Degraded);
            writer.WriteString("last_successful_update"u8, report.LastSuccessfulUpdate is { } time ? IsoTime.Format(time) : null);
            if (exchange.QueryString.StartsWith(Verbose, StringComparison.Ordinal) && _access.Allows(exchange))
            {
                writer.WritePropertyName("environments"u8);
                _listing.Write(writer);
            }
            else if (report.Reason is not null && _access.Allows(exchange))
            {
                writer.WritePropertyName("environments_at_fault"u8);
                _faults.Write(writer);
            }

            writer.WriteEndObject();
        });
    }
}

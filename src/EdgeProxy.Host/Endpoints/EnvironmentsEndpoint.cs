using System.Buffers;
using System.Text.Json;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Operations;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>GET /proxy/environments</c>: every environment and how fresh it is, for people and dashboards.</summary>
internal sealed class EnvironmentsEndpoint
{
    private readonly EnvironmentListing _listing;
    private readonly OperatorAccess _access;

    public EnvironmentsEndpoint(EnvironmentListing listing, OperatorAccess access)
    {
        _listing = listing;
        _access = access;
    }

    /// <summary>Answers operators.</summary>
    public Task Answer(Exchange exchange)
    {
        if (!_access.Allows(exchange))
        {
            return SdkErrors.OperatorsOnly(exchange, _access.IsTokenConfigured);
        }

        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, CompactJson.Options))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("environments"u8);
            _listing.Write(writer);
            writer.WriteEndObject();
        }

        return ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, body.WrittenMemory);
    }
}

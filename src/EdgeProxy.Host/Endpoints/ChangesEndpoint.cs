using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Changes;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>GET /proxy/environments/&lt;client-side key&gt;/changes</c> (docs/spec/changes.md 2.2): the latest changes of an environment.</summary>
internal sealed class ChangesEndpoint : OperatorEndpoint, IEndpointDefinition
{
    private const string Path = "/proxy/environments/{key}/changes";

    private static readonly PathPattern Pattern = new(Path);

    private readonly EnvironmentRegistry _registry;
    private readonly ChangeHistory _history;

    public ChangesEndpoint(EnvironmentRegistry registry, ChangeHistory history)
    {
        _registry = registry;
        _history = history;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("changes", Path, EndpointSurface.Operators)
    {
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange)
    {
        if (_registry.Find(Pattern.DecodeParameterOf(exchange.RawTarget)) is not { Audience: FlagAudience.Client, Environment: var environment })
        {
            return SdkErrors.UnknownEnvironment(exchange);
        }

        exchange.Environment = environment;
        return ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, writer => Write(writer, environment));
    }

    private void Write(Utf8JsonWriter writer, EnvironmentState environment)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, environment.Current?.Snapshot.Name);
        writer.WriteString("client_side_key"u8, KeyMask.Mask(environment.ClientSideKey));
        writer.WriteStartArray("changes"u8);
        foreach (var change in _history.Of(environment))
        {
            Write(writer, change);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, RecordedChange change)
    {
        writer.WriteStartObject();
        writer.WriteString("served_since"u8, change.ServedSince);
        JsonTime.Write(writer, "updated_at"u8, change.UpdatedAt);
        if (change.UpdatedAt is { } updatedAt)
        {
            writer.WriteNumber("delay_seconds"u8, Math.Round(Math.Max(0, (change.ServedSince - updatedAt).TotalSeconds), 3));
        }

        writer.WriteString("previous_version"u8, change.Before);
        writer.WriteString("version"u8, change.After);
        writer.WriteString("source"u8, DocumentOrigins.NameOf(change.Origin ?? DocumentOrigin.Disk));
        writer.WriteNumber("compile_seconds"u8, Math.Round(change.CompileTime.TotalSeconds, 6));
        writer.WriteString("summary"u8, change.Summary);
        writer.WriteNumber("count"u8, change.Count);
        writer.WritePropertyName("differences"u8);
        ChangeJson.Write(writer, change.Differences);
        writer.WriteEndObject();
    }
}

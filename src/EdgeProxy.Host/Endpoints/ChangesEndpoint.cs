using System.Text.Json;
using EdgeProxy.Host.Changes;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>GET /proxy/environments/&lt;client-side key&gt;/changes</c> (docs/spec/changes.md 2.2): the latest changes of an environment.</summary>
internal sealed class ChangesEndpoint : OperatorEnvironmentEndpoint, IEndpointDefinition
{
    private const string Path = "/proxy/environments/{key}/changes";

    private static readonly PathPattern Pattern = new(Path);

    private readonly ChangeHistory _history;

    public ChangesEndpoint(EnvironmentRegistry registry, ChangeHistory history)
        : base(registry, Pattern)
    {
        _history = history;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("changes", Path, EndpointSurface.Operators)
    {
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    protected override Task AnswerAsync(Exchange exchange, EnvironmentState environment) =>
        ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, writer => Write(writer, environment));

    private void Write(Utf8JsonWriter writer, EnvironmentState environment)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, environment.Current?.Snapshot.Name);
        writer.WriteString("client_side_key"u8, KeyMask.Mask(environment.ClientSideKey));
        writer.WritePropertyName("held"u8);
        WriteHeld(writer, environment);
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
        writer.WriteString("source"u8, DocumentOrigins.NameOf(change.Origin));
        writer.WriteNumber("compile_seconds"u8, Math.Round(change.CompileTime.TotalSeconds, 6));
        writer.WritePropertyName("impact"u8);
        if (change.Impact is { } impact)
        {
            ChangeJson.Write(writer, impact);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteString("summary"u8, change.Summary);
        writer.WriteNumber("count"u8, change.Count);
        writer.WritePropertyName("differences"u8);
        ChangeJson.Write(writer, change.Differences);
        writer.WriteEndObject();
    }

    /// <summary>Writes the version that is held; its differences are null until they are compared.</summary>
    private void WriteHeld(Utf8JsonWriter writer, EnvironmentState environment)
    {
        if (environment.Hold.Current is not { } held)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("since"u8, held.Since);
        JsonTime.Write(writer, "updated_at"u8, held.Position.UpdatedAt);
        writer.WriteString("version"u8, held.Position.Revision);
        writer.WritePropertyName("impact"u8);
        ChangeJson.Write(writer, held.Impact);
        var change = _history.Of(environment, held);
        writer.WriteString("summary"u8, change?.Summary);
        if (change is not null)
        {
            writer.WriteNumber("count"u8, change.Count);
        }

        writer.WritePropertyName("differences"u8);
        ChangeJson.Write(writer, change?.Differences ?? []);
        writer.WriteEndObject();
    }
}

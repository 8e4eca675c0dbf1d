using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>
/// Prints a model and an identity as the context of an engine case, so that a failure can be read, and kept as a case.
/// Features, segments and overrides are arrays, because their names may repeat; identity overrides are added.
/// </summary>
internal static class EvaluationCasePrinter
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Print(EnvironmentModel model, Identity? identity)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            json.WriteStartObject("environment");
            json.WriteString("key", model.Key);
            json.WriteString("name", model.Name);
            json.WriteEndObject();
            Write(json, identity);
            WriteList(json, "features", model.Features, state => Write(json, state));
            WriteList(json, "segments", model.Segments, segment => Write(json, segment));
            WriteList(json, "identity_overrides", model.IdentityOverrides, identityOverride =>
            {
                json.WriteString("identifier", identityOverride.Identifier);
                WriteList(json, "states", identityOverride.States, state => Write(json, state));
            });
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, Identity? identity)
    {
        if (identity is null)
        {
            json.WriteNull("identity");
            return;
        }

        json.WriteStartObject("identity");
        json.WriteString("identifier", identity.Identifier);
        json.WriteString("key", identity.Key);
        json.WriteStartObject("traits");
        foreach (var (name, value) in identity.Traits)
        {
            Write(json, name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FeatureState state)
    {
        json.WriteString("name", state.Name);
        json.WriteString("key", state.Key);
        json.WriteBoolean("enabled", state.Enabled);
        Write(json, "value", state.Value);
        WriteList(json, "variants", state.Variants, variant =>
        {
            Write(json, "value", variant.Value);
            json.WriteString("key", variant.Key);
            Write(json, "weight", variant.Weight);
            Write(json, "priority", variant.Priority is { } priority ? priority : ScalarValue.Null);
        });
    }

    private static void Write(Utf8JsonWriter json, Segment segment)
    {
        json.WriteString("key", segment.Key);
        json.WriteString("name", segment.Name);
        WriteList(json, "rules", segment.Rules, rule => Write(json, rule));
        WriteList(json, "overrides", segment.Overrides, segmentOverride =>
        {
            Write(json, "priority", segmentOverride.Priority is { } priority ? priority : ScalarValue.Null);
            Write(json, segmentOverride.State);
        });
    }

    private static void Write(Utf8JsonWriter json, SegmentRule rule)
    {
        json.WriteString("type", rule.Type);
        WriteList(json, "conditions", rule.Conditions, condition =>
        {
            json.WriteString("property", condition.Property);
            json.WriteString("operator", condition.Operator);
            var isList = condition is { Operator: ConditionOperators.In, Values: not null };
            if (!isList)
            {
                json.WriteString("value", condition.Value);
            }

            if (condition.Values is not null)
            {
                json.WriteStartArray(isList ? "value" : "values");
                foreach (var value in condition.Values)
                {
                    json.WriteStringValue(value);
                }

                json.WriteEndArray();
            }
        });
        WriteList(json, "rules", rule.Rules, child => Write(json, child));
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, ScalarValue value)
    {
        json.WritePropertyName(name);
        if (value.Kind == ScalarKind.String)
        {
            json.WriteStringValue(value.Text);
        }
        else
        {
            json.WriteRawValue(value.Text);
        }
    }
}

using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace EdgeProxy.Workloads;

/// <summary>
/// Makes environment documents of a shape: the same bytes for the same arguments. They look like those of the API, with all
/// members that it sends.
/// </summary>
public sealed class DocumentMaker : IDisposable
{
    private readonly ArrayBufferWriter<byte> _document = new(64 * 1024);
    private readonly Utf8JsonWriter _writer;
    private readonly EnvironmentShape _shape;
    private readonly string _key;
    private readonly int _revision;
    private int _unique;

    private DocumentMaker(EnvironmentShape shape, string key, int revision)
    {
        _writer = new Utf8JsonWriter(_document);
        _shape = shape;
        _key = key;
        _revision = revision;
    }

    /// <summary>Makes one.</summary>
    /// <param name="shape">The size.</param>
    /// <param name="key">The environment key, and the environment's name.</param>
    /// <param name="revision">Documents that differ only in this differ in their time and in their first feature's value.</param>
    /// <returns>JSON in UTF-8.</returns>
    public static byte[] Make(EnvironmentShape shape, string key, int revision = 0)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(key);
        using var maker = new DocumentMaker(shape, key, revision);
        maker.Write();
        return maker._document.WrittenSpan.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void Write()
    {
        _writer.WriteStartObject();
        _writer.WriteNumber("id"u8, 1);
        _writer.WriteString("api_key"u8, _key);
        _writer.WriteString("name"u8, _key);
        _writer.WriteString(
            "updated_at"u8,
            DateTime.UnixEpoch.AddYears(56).AddSeconds(_revision).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        _writer.WriteBoolean("allow_client_traits"u8, true);
        _writer.WriteBoolean("hide_sensitive_data"u8, false);
        _writer.WriteNull("hide_disabled_flags"u8);
        _writer.WriteBoolean("use_identity_composite_key_for_hashing"u8, true);
        _writer.WriteBoolean("use_identity_overrides_in_local_eval"u8, true);
        WriteStates("feature_states"u8, _shape.Features, feature => WriteState(feature, feature == 1 ? $"value_1.{_revision}" : $"value_{feature}"));
        WriteIdentityOverrides();
        WriteProject();
        _writer.WriteEndObject();
        _writer.Flush();
    }

    private void WriteStates(ReadOnlySpan<byte> name, int count, Action<int> write)
    {
        _writer.WriteStartArray(name);
        for (var feature = 1; feature <= count; feature++)
        {
            write(feature);
        }

        _writer.WriteEndArray();
    }

    private void WriteState(int feature, string value, int? priority = null, bool variants = true)
    {
        _writer.WriteStartObject();
        _writer.WriteStartObject("feature"u8);
        _writer.WriteNumber("id"u8, feature);
        _writer.WriteString("name"u8, $"feature_{feature}");
        _writer.WriteString("type"u8, feature <= _shape.Multivariate ? "MULTIVARIATE"u8 : "STANDARD"u8);
        _writer.WriteEndObject();
        _writer.WriteBoolean("enabled"u8, feature % 2 == 0);
        _writer.WriteString("feature_state_value"u8, value);
        _writer.WriteString("featurestate_uuid"u8, Uuid());
        _writer.WriteNull("django_id"u8);
        if (priority is { } number)
        {
            _writer.WriteStartObject("feature_segment"u8);
            _writer.WriteNumber("priority"u8, number);
            _writer.WriteEndObject();
        }
        else
        {
            _writer.WriteNull("feature_segment"u8);
        }

        _writer.WriteStartArray("multivariate_feature_state_values"u8);
        for (var variant = 0; variant < 3 && variants && feature <= _shape.Multivariate; variant++)
        {
            WriteVariant(feature, variant);
        }

        _writer.WriteEndArray();
        _writer.WriteEndObject();
    }

    private void WriteVariant(int feature, int variant)
    {
        const double Percent = 30;
        var id = (feature * 10) + variant;
        _writer.WriteStartObject();
        _writer.WriteNumber("id"u8, id);
        _writer.WriteString("mv_fs_value_uuid"u8, Uuid());
        _writer.WriteNumber("percentage_allocation"u8, Percent);
        _writer.WriteStartObject("multivariate_feature_option"u8);
        _writer.WriteNumber("id"u8, id);
        _writer.WriteString("value"u8, $"mv_{feature}_{variant}");
        _writer.WriteEndObject();
        _writer.WriteEndObject();
    }

    private void WriteIdentityOverrides()
    {
        _writer.WriteStartArray("identity_overrides"u8);
        for (var i = 0; i < _shape.IdentityOverrides; i++)
        {
            var identifier = IdentityRequests.OverriddenIdentifier(i);
            _writer.WriteStartObject();
            _writer.WriteString("identifier"u8, identifier);
            _writer.WriteString("identity_uuid"u8, Uuid());
            _writer.WriteString("created_date"u8, "2026-01-01T00:00:00Z"u8);
            _writer.WriteString("environment_api_key"u8, _key);
            _writer.WriteString("composite_key"u8, $"{_key}_{identifier}");
            _writer.WriteNull("django_id"u8);
            _writer.WriteStartArray("identity_traits"u8);
            _writer.WriteEndArray();
            _writer.WriteStartArray("identity_features"u8);
            WriteState(1 + (i % _shape.Features), $"override_{i}", variants: false);
            _writer.WriteEndArray();
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
    }

    private void WriteProject()
    {
        _writer.WriteStartObject("project"u8);
        _writer.WriteNumber("id"u8, 1);
        _writer.WriteString("name"u8, "workload"u8);
        _writer.WriteBoolean("hide_disabled_flags"u8, false);
        _writer.WriteStartArray("server_key_only_feature_ids"u8);
        _writer.WriteEndArray();
        _writer.WriteStartArray("segments"u8);
        for (var segment = 1; segment <= _shape.Segments; segment++)
        {
            WriteSegment(segment);
        }

        _writer.WriteEndArray();
        _writer.WriteBoolean("enable_realtime_updates"u8, false);
        _writer.WriteStartObject("organisation"u8);
        _writer.WriteNumber("id"u8, 1);
        _writer.WriteString("name"u8, "workload"u8);
        _writer.WriteBoolean("feature_analytics"u8, false);
        _writer.WriteBoolean("persist_trait_data"u8, true);
        _writer.WriteBoolean("stop_serving_flags"u8, false);
        _writer.WriteEndObject();
        _writer.WriteEndObject();
    }

    private void WriteSegment(int segment)
    {
        _writer.WriteStartObject();
        _writer.WriteNumber("id"u8, segment);
        _writer.WriteString("name"u8, $"segment_{segment}");
        _writer.WriteStartArray("rules"u8);
        WriteRuleStart();
        WriteRuleStart();
        WriteRuleMiddle();
        for (var condition = 0; condition < _shape.Conditions; condition++)
        {
            var (name, operand, _, _) = WorkloadConditions.At(condition);
            _writer.WriteStartObject();
            _writer.WriteString("operator"u8, name);
            _writer.WriteString("property_"u8, WorkloadConditions.PropertyAt(condition));
            _writer.WriteString("value"u8, operand);
            _writer.WriteEndObject();
        }

        WriteRuleEnd();
        WriteRuleMiddle();
        WriteRuleEnd();
        _writer.WriteEndArray();
        WriteStates(
            "feature_states"u8,
            Math.Min(_shape.Features, _shape.OverridesPerSegment),
            feature => WriteState(feature, $"segment_{segment}_{feature}", segment));
        _writer.WriteEndObject();
    }

    private void WriteRuleStart()
    {
        _writer.WriteStartObject();
        _writer.WriteString("type"u8, "ALL"u8);
        _writer.WriteStartArray("rules"u8);
    }

    private void WriteRuleMiddle()
    {
        _writer.WriteEndArray();
        _writer.WriteStartArray("conditions"u8);
    }

    private void WriteRuleEnd()
    {
        _writer.WriteEndArray();
        _writer.WriteEndObject();
    }

    /// <summary>Looks random, as these are in real documents: they must not be what compresses well.</summary>
    private Guid Uuid()
    {
        _unique++;
        Span<byte> bytes = stackalloc byte[16];
        var state = (ulong)_unique;
        for (var i = 0; i < 2; i++)
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(bytes[(i * 8)..], mixed ^ (mixed >> 31));
        }

        return new Guid(bytes);
    }
}

using System.Buffers;
using System.Text.Json;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Analytics;

/// <summary>Evaluations that go to the upstream in one request (docs/spec/analytics.md 2.1).</summary>
/// <param name="Entries">The counts.</param>
internal sealed record EvaluationBatch(IReadOnlyList<KeyValuePair<EvaluationKey, long>> Entries) : IAnalyticsBatch
{
    /// <inheritdoc/>
    public AnalyticsLabels Labels => AnalyticsLabels.None;

    /// <inheritdoc/>
    public long Evaluations => Entries.Sum(static entry => entry.Value);

    /// <inheritdoc/>
    public byte[] ToBody()
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, CompactJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("evaluations"u8);
            foreach (var (key, count) in Entries)
            {
                writer.WriteStartObject();
                writer.WriteString("feature_name"u8, key.Feature);
                writer.WriteString("identity_identifier"u8, key.Identifier);
                writer.WriteBoolean("enabled_when_evaluated"u8, key.IsEnabled);
                writer.WriteNumber("count"u8, count);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }
}

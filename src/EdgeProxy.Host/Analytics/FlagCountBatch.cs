using System.Buffers;
using System.Text.Json;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Analytics;

/// <summary>Counts that go to the upstream in one request.</summary>
/// <param name="Labels">Their labels.</param>
/// <param name="Entries">At most <see cref="MaxNames"/>, each name once.</param>
internal sealed record FlagCountBatch(AnalyticsLabels Labels, IReadOnlyList<KeyValuePair<FeatureName, long>> Entries) : IAnalyticsBatch
{
    /// <summary>The largest number of names in a request.</summary>
    public const int MaxNames = 500;

    /// <inheritdoc/>
    public long Evaluations => Entries.Sum(static entry => entry.Value);

    /// <inheritdoc/>
    public byte[] ToBody()
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, CompactJson.Options))
        {
            writer.WriteStartObject();
            foreach (var (name, count) in Entries)
            {
                writer.WriteNumber(name.Utf8, count);
            }

            writer.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }
}

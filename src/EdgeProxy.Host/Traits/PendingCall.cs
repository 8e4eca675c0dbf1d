using System.Buffers;
using System.Text;
using System.Text.Json;
using EdgeProxy.Host.Analytics;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Traits;

/// <summary>Traits of an identity that the API is to be told of in one call.</summary>
internal sealed class PendingCall
{
    private const int OwnBytes = 192;

    /// <param name="identity">The identity.</param>
    /// <param name="source">The key that it came with.</param>
    /// <param name="since">The timestamp of the oldest request in it.</param>
    public PendingCall(PendingIdentity identity, TraitSource source, long since)
    {
        Identity = identity;
        Source = source;
        Since = since;
        Age = new LinkedListNode<PendingCall>(this);
    }

    /// <summary>The identity.</summary>
    public PendingIdentity Identity { get; }

    /// <summary>The key that the newest request came with, which is the key that it is sent with.</summary>
    public TraitSource Source { get; set; }

    /// <summary>The labels of the newest request.</summary>
    public AnalyticsLabels Labels { get; set; } = AnalyticsLabels.None;

    /// <summary>The traits, as an encoded set.</summary>
    public byte[] Traits { get; set; } = [];

    /// <summary>The timestamp of the oldest request in it.</summary>
    public long Since { get; }

    /// <summary>Its place among all calls, by age.</summary>
    public LinkedListNode<PendingCall> Age { get; }

    /// <summary>The timestamp of the first failure since the newest request; null if there was none.</summary>
    public long? FailingSince { get; set; }

    /// <summary>The number of failed attempts.</summary>
    public int Failures { get; set; }

    /// <summary>The hash of the traits, while it is in flight.</summary>
    public UInt128 Hash { get; set; }

    /// <summary>The memory that it takes without its traits, about.</summary>
    public int Bytes => OwnBytes + (2 * (Labels.ApplicationName.Length + Labels.ApplicationVersion.Length + Labels.Sdk.Length));

    /// <summary>Takes the labels of a record.</summary>
    public void SetLabels(in TraitRecord record)
    {
        if (!Ascii.Equals(record.ApplicationName, Labels.ApplicationName)
            || !Ascii.Equals(record.ApplicationVersion, Labels.ApplicationVersion)
            || !Ascii.Equals(record.Sdk, Labels.Sdk))
        {
            Labels = new AnalyticsLabels(
                Encoding.ASCII.GetString(record.ApplicationName), Encoding.ASCII.GetString(record.ApplicationVersion), Encoding.ASCII.GetString(record.Sdk));
        }
    }

    /// <summary>The body of the call, in JSON.</summary>
    public byte[] ToBody()
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, CompactJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("identifier"u8, Identity.Identifier);
            writer.WriteStartArray("traits"u8);
            ReadOnlySpan<byte> rest = Traits;
            while (EncodedTrait.TryRead(ref rest, out var trait))
            {
                writer.WriteStartObject();
                writer.WriteString("trait_key"u8, trait.Key);
                writer.WritePropertyName("trait_value"u8);
                writer.WriteRawValue(trait.Value, skipInputValidation: true);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }
}

using System.Buffers;
using System.Text.Json;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Usage;

/// <summary>
/// The content of one report: the same bytes under the same key in every attempt, so that an upstream
/// that honours the idempotency key counts them once.
/// </summary>
internal sealed class UsageBatch
{
    /// <summary>The maximum number of rows in one request.</summary>
    public const int MaxRows = 1000;

    /// <param name="rows">At most <see cref="MaxRows"/>.</param>
    public UsageBatch(IReadOnlyCollection<UsageRow> rows)
    {
        Rows = rows.Count;
        Requests = rows.Sum(static row => row.Count);
        Body = Write(rows);
    }

    /// <summary>The idempotency key.</summary>
    public string IdempotencyKey { get; } = Guid.NewGuid().ToString();

    /// <summary>The body of the request, in JSON.</summary>
    public byte[] Body { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of client requests that it counts.</summary>
    public long Requests { get; }

    /// <summary>Describes reports for messages.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="requests">The number of client requests that they count.</param>
    public static string Describe(int rows, long requests) => $"a report of {Quantity.Of(requests, "request")} in {Quantity.Of(rows, "row")}";

    /// <summary>The report for messages.</summary>
    public override string ToString() => Describe(Rows, Requests);

    private static byte[] Write(IReadOnlyCollection<UsageRow> rows)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, CompactJson.Options))
        {
            writer.WriteStartArray();
            foreach (var row in rows)
            {
                writer.WriteStartObject();
                writer.WriteString("client_side_key"u8, row.ClientSideKey);
                writer.WriteString("resource"u8, NameOf(row.Resource));
                writer.WriteNumber("count"u8, row.Count);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return body.WrittenSpan.ToArray();
    }

    private static ReadOnlySpan<byte> NameOf(UsageResource resource) => resource switch
    {
        UsageResource.Flags => "flags"u8,
        UsageResource.Identities => "identities"u8,
        _ => "environment-document"u8,
    };
}

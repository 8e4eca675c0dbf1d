using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using EdgeProxy.Engine.Evaluation;

namespace EdgeProxy.Host.Analytics;

/// <summary>Reads the counts in the body of a request (docs/spec/analytics.md 1.2).</summary>
internal static class FlagCountReader
{
    private const int MaxDigits = 10;

    // A body nested deeper than this is not one of an SDK.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    /// <summary>Determines whether a body is a JSON object.</summary>
    public static bool IsObject(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(body, Options);
            var isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (reader.Read())
            {
                // To the end: nothing is counted of a body that breaks off.
            }

            return isObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Counts.</summary>
    /// <param name="body">A JSON object.</param>
    /// <param name="counts">The counts of the environment.</param>
    /// <param name="labels">The labels of the request.</param>
    /// <param name="snapshot">The environment; null if it is not loaded yet.</param>
    /// <param name="metrics">Counts the outcome of each entry.</param>
    /// <returns>True if anything was counted.</returns>
    public static bool Count(ReadOnlySpan<byte> body, FlagCounts counts, in AnalyticsLabels labels, EnvironmentSnapshot? snapshot, AnalyticsMetrics metrics)
    {
        FlagCountBucket? bucket = null;
        var isAnyAccepted = false;
        Span<byte> room = stackalloc byte[512];
        var reader = new Utf8JsonReader(body, Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            scoped var name = reader.ValueSpan;
            var isText = true;
            if (reader.ValueIsEscaped)
            {
                var unescaped = name.Length <= room.Length ? room : new byte[name.Length];
                var length = Unescape(in reader, unescaped);
                isText = length >= 0;
                name = unescaped[..Math.Max(0, length)];
            }

            reader.Read();
            var outcome = Check(in reader, out var count);
            if (outcome == EntryOutcome.Accepted)
            {
                outcome = isText && IsShort(name)
                    ? counts.Add(bucket ??= counts.Find(labels), name, count, snapshot)
                    : EntryOutcome.InvalidName;
                isAnyAccepted |= outcome == EntryOutcome.Accepted;
            }

            metrics.CountEntry(outcome);
            reader.Skip();
        }

        return isAnyAccepted;
    }

    /// <summary>Reads a count; 0 if it is too small, null if it is not an integer.</summary>
    public static long? CountOf(JsonElement value) => value.ValueKind == JsonValueKind.Number && Check(JsonMarshal.GetRawUtf8Value(value), out var count) != EntryOutcome.NotInteger
        ? count
        : null;

    private static EntryOutcome Check(ref readonly Utf8JsonReader reader, out long count)
    {
        count = 0;
        return reader.TokenType == JsonTokenType.Number ? Check(reader.ValueSpan, out count) : EntryOutcome.NotInteger;
    }

    private static EntryOutcome Check(ReadOnlySpan<byte> digits, out long count)
    {
        count = 0;
        if (digits[(digits[0] == '-' ? 1 : 0)..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return EntryOutcome.NotInteger;
        }

        if (digits[0] is (byte)'-' or (byte)'0')
        {
            return EntryOutcome.NotPositive; // JSON has no leading zeros
        }

        count = digits.Length <= MaxDigits && Utf8Parser.TryParse(digits, out long value, out _) ? Math.Min(value, FlagCounts.MaxCount) : FlagCounts.MaxCount;
        return EntryOutcome.Accepted;
    }

    /// <returns>The length of the text; -1 if it is not text.</returns>
    private static int Unescape(ref readonly Utf8JsonReader reader, scoped Span<byte> room)
    {
        try
        {
            return reader.CopyString(room);
        }
        catch (InvalidOperationException)
        {
            return -1; // half a surrogate pair
        }
    }

    private static bool IsShort(ReadOnlySpan<byte> name) =>
        name.Length <= FlagCounts.MaxNameLength || System.Text.Encoding.UTF8.GetCharCount(name) <= FlagCounts.MaxNameLength;
}

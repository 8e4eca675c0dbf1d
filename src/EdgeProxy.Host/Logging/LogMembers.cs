using System.Diagnostics;
using System.Text.Json;

namespace EdgeProxy.Host.Logging;

/// <summary>
/// The members of an entry in JSON besides its message: <c>environment</c>, <c>key</c> (masked), <c>revision</c>, <c>url</c>,
/// <c>status</c>, <c>duration_ms</c> and <c>cause</c>, from the values of the message, and <c>trace_id</c> and
/// <c>span_id</c> of the request, where they apply.
/// </summary>
internal static class LogMembers
{
    /// <summary>Writes the members of an entry.</summary>
    /// <param name="writer">Writes the object of the entry.</param>
    /// <param name="state">The values of the message.</param>
    public static void Write(Utf8JsonWriter writer, object? state)
    {
        switch (state)
        {
            case AccessLogEntry request:
                request.Write(writer); // with the trace of its request, which has ended
                return;
            case ILogMembers members:
                members.WriteMembers(writer);
                break;
            case IReadOnlyList<KeyValuePair<string, object?>> values:
                foreach (var (name, value) in values)
                {
                    WriteValue(writer, name, value);
                }

                break;
        }

        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            writer.WriteString("trace_id"u8, activity.TraceId.ToHexString());
            writer.WriteString("span_id"u8, activity.SpanId.ToHexString());
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, object? value)
    {
        if (value is ILogMembers members)
        {
            members.WriteMembers(writer);
        }
        else if (value is not null && MemberOf(name) is { } member)
        {
            if (value is int number)
            {
                writer.WriteNumber(member, number);
            }
            else
            {
                writer.WriteString(member, value.ToString());
            }
        }
    }

    /// <summary>The member of a value, by its name in messages; null if it has none.</summary>
    private static string? MemberOf(string name) => name switch
    {
        "Environment" => "environment",
        "Key" => "key",
        "Url" or "Address" => "url",
        "Status" => "status",
        "Cause" or "Reason" => "cause",
        _ => null,
    };
}

using System.Text.Json;

namespace EdgeProxy.Host.Http;

/// <summary>
/// An error in the content of a request, and its location; in the words of the framework of the Python proxy, which
/// clients may look for.
/// </summary>
internal sealed class RequestProblem
{
    private readonly string _type;
    private readonly string _message;
    private readonly object[] _location;

    private RequestProblem(string type, string message, params object[] location)
    {
        _type = type;
        _message = message;
        _location = location;
    }

    /// <summary>A required member is missing.</summary>
    public static RequestProblem Missing(params object[] location) => new("missing", "Field required", location);

    /// <summary>The body is not JSON.</summary>
    /// <param name="position">The byte position of the error.</param>
    public static RequestProblem InvalidJson(long position) => new("json_invalid", "JSON decode error", "body", position);

    /// <summary>A value is not an object.</summary>
    public static RequestProblem NotAnObject(params object[] location) =>
        new("model_attributes_type", "Input should be a valid dictionary or object to extract fields from", location);

    /// <summary>A value is not an array.</summary>
    public static RequestProblem NotAList(params object[] location) => new("list_type", "Input should be a valid list", location);

    /// <summary>A value has the wrong type.</summary>
    public static RequestProblem NotAString(params object[] location) => new("string_type", "Input should be a valid string", location);

    /// <summary>A text is not Unicode.</summary>
    public static RequestProblem NotUnicode(params object[] location) =>
        new("string_unicode", "Input should be a valid string, unable to parse raw data as a unicode string", location);

    /// <summary>A text or a number is too long.</summary>
    public static RequestProblem TooLong(int most, params object[] location) =>
        new("string_too_long", $"String should have at most {most} characters", location);

    /// <summary>A list is too long.</summary>
    public static RequestProblem TooMany(int most, params object[] location) =>
        new("too_long", $"List should have at most {most} items", location);

    /// <summary>Writes the members of the answer.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("detail"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, _type);
        writer.WriteStartArray("loc"u8);
        foreach (var step in _location)
        {
            switch (step)
            {
                case string name:
                    writer.WriteStringValue(name);
                    break;
                default:
                    writer.WriteNumberValue(Convert.ToInt64(step, System.Globalization.CultureInfo.InvariantCulture));
                    break;
            }
        }

        writer.WriteEndArray();
        writer.WriteString("msg"u8, _message);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace EdgeProxy.Engine.Values;

/// <summary>Strings out of JSON that may not be Unicode: an escape can be half of a surrogate pair.</summary>
internal static class JsonText
{
    /// <summary>Determines whether a reader is at the name of a member; one with half of a surrogate pair is like none.</summary>
    public static bool IsName(ref Utf8JsonReader reader, string name)
    {
        try
        {
            return reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The text of a string element; false where it holds a lone surrogate.</summary>
    public static bool TryGetString(JsonElement element, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = element.GetString();
            return text is not null;
        }
        catch (InvalidOperationException)
        {
            text = null;
            return false;
        }
    }
}

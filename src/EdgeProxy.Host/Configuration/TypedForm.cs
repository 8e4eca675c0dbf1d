using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>Reads and writes the values of a setting.</summary>
/// <typeparam name="T">The type that the program uses.</typeparam>
internal abstract class TypedForm<T> : SettingForm
{
    /// <summary>Reads a value; an invalid one becomes a problem of its node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="otherwise">The result if nothing, null or an invalid value is set.</param>
    public abstract T Read(SettingNode node, T otherwise);

    /// <summary>Writes a value as JSON; null for a value that means "not set".</summary>
    public abstract JsonNode? Write(T value);
}

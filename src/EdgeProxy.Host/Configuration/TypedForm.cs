using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>Reads and writes the values of a setting.</summary>
/// <typeparam name="T">The type that the program uses.</typeparam>
internal abstract class TypedForm<T> : SettingForm
{
    /// <summary>Reads a value; a wrong one becomes a problem of its place.</summary>
    /// <param name="node">The place.</param>
    /// <param name="otherwise">The result where nothing, null or something wrong is set.</param>
    public abstract T Read(SettingNode node, T otherwise);

    /// <summary>Writes a value as JSON; null for a value that means "not set".</summary>
    public abstract JsonNode? Write(T value);
}

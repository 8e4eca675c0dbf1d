using System.Text.Json;

namespace EdgeProxy.Host.Logging;

/// <summary>A value in a message that has members of its own in JSON, besides its text.</summary>
internal interface ILogMembers
{
    /// <summary>Writes the members into the object of the entry.</summary>
    void WriteMembers(Utf8JsonWriter writer);
}

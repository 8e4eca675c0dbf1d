using System.Text.Json;

namespace EdgeProxy.Host.Logging.Output;

/// <summary>An error that prevents the start.</summary>
/// <param name="Summary">The action that failed.</param>
/// <param name="Cause">The reason; empty if the summary says it.</param>
internal sealed record StartupError(string Summary, string Cause) : ILogMembers
{
    /// <inheritdoc/>
    public override string ToString() => Cause.Length == 0 ? Summary : $"{Summary}: {Cause}";

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter writer)
    {
        if (Cause.Length > 0)
        {
            writer.WriteString("cause"u8, Cause);
        }
    }
}

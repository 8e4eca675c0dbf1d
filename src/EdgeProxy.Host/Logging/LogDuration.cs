using System.Text.Json;

namespace EdgeProxy.Host.Logging;

/// <summary>A duration in a message; <c>duration_ms</c> in JSON.</summary>
internal readonly record struct LogDuration(TimeSpan Value) : ILogMembers
{
    /// <inheritdoc/>
    public override string ToString() => Value < TimeSpan.FromSeconds(1) ? $"{Value.TotalMilliseconds:0.0} ms" : $"{Value.TotalSeconds:0.0} s";

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter writer) => writer.WriteNumber("duration_ms"u8, Math.Round(Value.TotalMilliseconds, 3));
}

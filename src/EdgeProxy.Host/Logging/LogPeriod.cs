using System.Text.Json;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Logging;

/// <summary>A long duration in a message, in few digits; <c>duration_ms</c> in JSON.</summary>
internal readonly record struct LogPeriod(TimeSpan Value) : ILogMembers
{
    /// <inheritdoc/>
    public override string ToString() => ShortTime.Of(Value);

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter writer) => writer.WriteNumber("duration_ms"u8, Math.Round(Value.TotalMilliseconds));
}

namespace EdgeProxy.Host.Operations.Export;

/// <summary>
/// Whether anything is exported by OTLP: what the environment variables say that OpenTelemetry gives to all programs. What
/// else they say, its library reads.
/// </summary>
/// <param name="Metrics">Whether metrics are.</param>
/// <param name="Traces">Whether traces are.</param>
internal sealed record OtlpVariables(bool Metrics, bool Traces)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Nothing is.</summary>
    public static readonly OtlpVariables Nothing = new(Metrics: false, Traces: false);

    /// <summary>Whether anything is.</summary>
    public bool IsEnabled => Metrics || Traces;

    /// <summary>What the variables say.</summary>
    /// <param name="read">Reads a variable.</param>
    public static OtlpVariables Read(Func<string, string?> read)
    {
        if (string.Equals(read("OTEL_SDK_DISABLED")?.Trim(), "true", StringComparison.OrdinalIgnoreCase))
        {
            return Nothing;
        }

        return new OtlpVariables(IsWanted(read, "METRICS"), IsWanted(read, "TRACES"));
    }

    /// <summary>Whether it is known where to, and not forbidden.</summary>
    private static bool IsWanted(Func<string, string?> read, string signal) =>
        (IsSet(read(Endpoint)) || IsSet(read($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")))
        && !string.Equals(read($"OTEL_{signal}_EXPORTER")?.Trim(), "none", StringComparison.OrdinalIgnoreCase);

    private static bool IsSet(string? value) => !string.IsNullOrWhiteSpace(value);
}

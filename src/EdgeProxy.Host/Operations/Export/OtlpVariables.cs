namespace EdgeProxy.Host.Operations.Export;

/// <summary>
/// The part of OpenTelemetry's standard environment variables that decides whether anything is exported. The library reads
/// the others.
/// </summary>
/// <param name="Metrics">True to export metrics.</param>
/// <param name="Traces">True to export traces.</param>
internal sealed record OtlpVariables(bool Metrics, bool Traces)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Exports nothing.</summary>
    public static readonly OtlpVariables Nothing = new(Metrics: false, Traces: false);

    /// <summary>Indicates whether anything is exported.</summary>
    public bool IsEnabled => Metrics || Traces;

    /// <summary>The values of the variables.</summary>
    /// <param name="read">Reads a variable.</param>
    public static OtlpVariables Read(Func<string, string?> read)
    {
        if (string.Equals(read("OTEL_SDK_DISABLED")?.Trim(), "true", StringComparison.OrdinalIgnoreCase))
        {
            return Nothing;
        }

        return new OtlpVariables(IsWanted(read, "METRICS"), IsWanted(read, "TRACES"));
    }

    /// <summary>Determines whether an endpoint is configured and the exporter not disabled.</summary>
    private static bool IsWanted(Func<string, string?> read, string signal) =>
        (IsSet(read(Endpoint)) || IsSet(read($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")))
        && !string.Equals(read($"OTEL_{signal}_EXPORTER")?.Trim(), "none", StringComparison.OrdinalIgnoreCase);

    private static bool IsSet(string? value) => !string.IsNullOrWhiteSpace(value);
}

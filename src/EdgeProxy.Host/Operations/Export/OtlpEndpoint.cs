namespace EdgeProxy.Host.Operations.Export;

/// <summary>
/// The collector and its protocol. Without a variable for the protocol it is <c>http/protobuf</c>, the default of
/// OpenTelemetry and of the Flagsmith Edge Proxy, or <c>grpc</c> where the port is the usual one of gRPC; the library's own
/// default is <c>grpc</c> everywhere.
/// </summary>
internal static class OtlpEndpoint
{
    private const string General = "OTEL_EXPORTER_OTLP";
    private const string Grpc = "grpc";
    private const string HttpProtobuf = "http/protobuf";
    private const int GrpcPort = 4317;

    private static readonly string[] Families = [General, $"{General}_METRICS", $"{General}_TRACES"];

    /// <summary>The variables, with the defaults of those that are not set.</summary>
    public static IConfiguration Configuration(Func<string, string?> read) => new ConfigurationBuilder()
        .AddInMemoryCollection(Defaults(read).Select(static variable => KeyValuePair.Create(variable.Name, (string?)variable.Value)))
        .AddEnvironmentVariables()
        .Build();

    /// <summary>The protocols to be used where no variable sets one.</summary>
    public static IEnumerable<(string Name, string Value)> Defaults(Func<string, string?> read)
    {
        if (IsSet(read($"{General}_PROTOCOL")))
        {
            yield break;
        }

        foreach (var family in Families)
        {
            if (read($"{family}_ENDPOINT") is { } endpoint && IsSet(endpoint) && !IsSet(read($"{family}_PROTOCOL")))
            {
                yield return ($"{family}_PROTOCOL", Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.Port == GrpcPort ? Grpc : HttpProtobuf);
            }
        }
    }

    /// <summary>Describes the collectors and protocols, without user names and passwords.</summary>
    public static string Describe(IConfiguration configuration) => string.Join(", ", Families
        .Where(family => IsSet(configuration[$"{family}_ENDPOINT"]))
        .Select(family => $"{Show(configuration[$"{family}_ENDPOINT"]!)} ({configuration[$"{family}_PROTOCOL"] ?? configuration[$"{General}_PROTOCOL"] ?? Grpc})"));

    /// <summary>The addresses that signals are exported to, made as the library makes them.</summary>
    /// <param name="read">Reads a variable.</param>
    /// <param name="variables">The signals.</param>
    public static IEnumerable<OtlpTarget> Targets(Func<string, string?> read, OtlpVariables variables)
    {
        if (variables.Metrics)
        {
            yield return TargetOf(read, "metrics", $"{General}_METRICS", "v1/metrics", "opentelemetry.proto.collector.metrics.v1.MetricsService/Export");
        }

        if (variables.Traces)
        {
            yield return TargetOf(read, "traces", $"{General}_TRACES", "v1/traces", "opentelemetry.proto.collector.trace.v1.TraceService/Export");
        }
    }

    private static OtlpTarget TargetOf(Func<string, string?> read, string signal, string family, string path, string service)
    {
        var isOwn = IsSet(read($"{family}_ENDPOINT"));
        var variable = $"{(isOwn ? family : General)}_ENDPOINT";
        var isGrpc = ProtocolOf(read, family) == Grpc;
        var url = Uri.TryCreate(read(variable), UriKind.Absolute, out var endpoint) && (endpoint.Scheme == Uri.UriSchemeHttp || endpoint.Scheme == Uri.UriSchemeHttps) ? endpoint : null;

        // An address of one signal is complete; gRPC has its path from the service.
        var suffix = isGrpc ? service : isOwn ? "" : path;
        var isComplete = url is null || suffix.Length == 0 || url.AbsoluteUri.TrimEnd('/').EndsWith(suffix, StringComparison.Ordinal);
        return new OtlpTarget(
            signal,
            variable,
            isComplete ? url : new Uri($"{url!.AbsoluteUri.TrimEnd('/')}/{suffix}"),
            isGrpc,
            [.. ReadHeaders(read($"{family}_HEADERS") ?? read($"{General}_HEADERS"))]);
    }

    private static string ProtocolOf(Func<string, string?> read, string family)
    {
        var defaults = Defaults(read).ToDictionary(static variable => variable.Name, static variable => variable.Value, StringComparer.Ordinal);
        return Find($"{family}_PROTOCOL") ?? Find($"{General}_PROTOCOL") ?? Grpc;

        string? Find(string name) => read(name) is { } value && IsSet(value) ? value.Trim() : defaults.GetValueOrDefault(name);
    }

    /// <summary>Reads headers: <c>name=value,name=value</c>, percent-encoded.</summary>
    private static IEnumerable<KeyValuePair<string, string>> ReadHeaders(string? text) => (text ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(static pair => pair.Split('=', 2))
        .Where(static pair => pair.Length == 2)
        .Select(static pair => KeyValuePair.Create(Uri.UnescapeDataString(pair[0]).Trim(), Uri.UnescapeDataString(pair[1]).Trim()));

    /// <summary>Formats an address without user names, passwords and queries.</summary>
    public static string Show(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) ? $"{url.Scheme}://{url.Host}:{url.Port}{url.AbsolutePath.TrimEnd('/')}" : "an invalid address";

    private static bool IsSet(string? value) => !string.IsNullOrWhiteSpace(value);
}

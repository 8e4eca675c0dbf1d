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

    /// <summary>Formats an address without user names, passwords and queries.</summary>
    public static string Show(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) ? $"{url.Scheme}://{url.Host}:{url.Port}{url.AbsolutePath.TrimEnd('/')}" : "an invalid address";

    private static bool IsSet(string? value) => !string.IsNullOrWhiteSpace(value);
}

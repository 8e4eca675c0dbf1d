using EdgeProxy.Engine.Rendering;

namespace EdgeProxy.Host.Configuration;

/// <summary>What the operator set (docs/spec/configuration.md 2), checked and complete.</summary>
internal sealed record ProxyOptions
{
    /// <summary>The environments to poll.</summary>
    public IReadOnlyList<EnvironmentKeyPairOptions> EnvironmentKeyPairs { get; init; } = [];

    /// <summary>The documents to serve from files.</summary>
    public IReadOnlyList<EnvironmentDocumentOptions> EnvironmentDocuments { get; init; } = [];

    /// <summary>The key that asks the upstream which environments to serve; null to serve only those named here.</summary>
    public string? ProxyKey { get; init; }

    /// <summary>How long requests are counted before the upstream is told. Default 60 s; greater than 0.</summary>
    public TimeSpan UsageFlushInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where accepted documents are kept for the next start; null for nowhere.</summary>
    public string? SnapshotDirectory { get; init; }

    /// <summary>Whether to serve the built-in demo environment too.</summary>
    public bool Demo { get; init; }

    /// <summary>The Flagsmith API, without a slash at the end.</summary>
    public Uri ApiUrl { get; init; } = new("https://edge.api.flagsmith.com/api/v1");

    /// <summary>How long to wait between two polls of an environment. Default 10 s; greater than 0.</summary>
    public TimeSpan ApiPollFrequency { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one request to the API may take. Default 5 s; greater than 0.</summary>
    public TimeSpan ApiPollTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest document taken from the API, in bytes after decompression, all pages together. Default 100 MiB.</summary>
    public long MaxDocumentBytes { get; init; } = 100 * 1024 * 1024;

    /// <summary>
    /// How many of an environment's features a new document may lack, in percent, without being rejected; null for all.
    /// Default null.
    /// </summary>
    public int? MaxFeaturesLostPercent { get; init; }

    /// <summary>The members of flags beyond the necessary ones. Default full.</summary>
    public FlagDetails FlagDetails { get; init; } = FlagDetails.Full;

    /// <summary>The origins that browsers may ask from; <c>*</c> is any.</summary>
    public IReadOnlyList<string> AllowOrigins { get; init; } = ["*"];

    /// <summary>The listener.</summary>
    public ServerOptions Server { get; init; } = new();

    /// <summary>The log.</summary>
    public LoggingOptions Logging { get; init; } = new();

    /// <summary>Health.</summary>
    public HealthCheckOptions HealthCheck { get; init; } = new();

    /// <summary>Metrics.</summary>
    public MetricsOptions Metrics { get; init; } = new();

    /// <summary>An address of the Flagsmith API.</summary>
    /// <param name="path">What comes behind <see cref="ApiUrl"/>, without a slash in front.</param>
    public Uri UpstreamUrl(string path) => new($"{ApiUrl.AbsoluteUri.TrimEnd('/')}/{path}");
}

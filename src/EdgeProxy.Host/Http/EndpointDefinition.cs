using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Usage;

namespace EdgeProxy.Host.Http;

/// <summary>
/// The definition of an endpoint without its handler. The handler's base class determines the required access.
/// </summary>
/// <param name="Name">The name in metrics.</param>
/// <param name="Path">
/// The path as documented, in logs and in spans; answered with and without its final slash. One segment may be a parameter
/// in braces, which takes any segment that is not empty; one at the end with an asterisk takes everything that follows.
/// </param>
/// <param name="Surface">The surface that the endpoint belongs to.</param>
internal sealed record EndpointDefinition(string Name, string Path, EndpointSurface Surface)
{
    private const string NoPath = "-";

    private static int _numbers = -1;

    /// <summary>The definition for requests with an unknown path.</summary>
    public static EndpointDefinition None { get; } = new("none", NoPath, EndpointSurface.Sdk);

    /// <summary>The definition for CORS preflights, whatever their path.</summary>
    public static EndpointDefinition Preflight { get; } = new("preflight", NoPath, EndpointSurface.Sdk);

    private readonly int _number = Interlocked.Increment(ref _numbers);

    /// <summary>The endpoint's label in metrics.</summary>
    public EndpointLabel Label => field ??= new EndpointLabel(_number, Name, Overload == OverloadRule.Reject && Surface == EndpointSurface.Sdk && Path != NoPath);

    /// <summary>Alternative paths.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The accepted methods.</summary>
    public EndpointMethods Methods { get; init; } = EndpointMethods.Get;

    /// <summary>The protocol.</summary>
    public ApiProtocol Protocol { get; init; }

    /// <summary>The treatment under overload.</summary>
    public OverloadRule Overload { get; init; } = OverloadRule.Reject;

    /// <summary>The treatment while draining.</summary>
    public DrainRule Drain { get; init; } = DrainRule.CloseConnection;

    /// <summary>The headers for pages of other origins.</summary>
    public CorsRule Cors { get; init; } = CorsRule.WithCredentials;

    /// <summary>The resource in usage reports; null if it is not reported.</summary>
    public UsageResource? Usage { get; init; }

    /// <summary>Indicates whether its requests get spans, when traces are exported.</summary>
    public bool IsTraced { get; init; }
}

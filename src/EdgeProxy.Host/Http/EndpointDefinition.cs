using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Usage;

namespace EdgeProxy.Host.Http;

/// <summary>All that is known of an endpoint besides its handler. Who may ask is the handler's base class.</summary>
/// <param name="Name">The name in metrics.</param>
/// <param name="Path">
/// The path as documented, in logs and in spans; answered with and without its final slash. One segment may be a parameter
/// in braces, which takes any segment that is not empty.
/// </param>
/// <param name="Surface">What it is part of.</param>
internal sealed record EndpointDefinition(string Name, string Path, EndpointSurface Surface)
{
    private const string NoPath = "-";

    private static int _numbers = -1;

    /// <summary>The definition of requests whose path leads nowhere.</summary>
    public static EndpointDefinition None { get; } = new("none", NoPath, EndpointSurface.Sdk);

    /// <summary>The definition that CORS preflights are counted by, wherever their path leads.</summary>
    public static EndpointDefinition Preflight { get; } = new("preflight", NoPath, EndpointSurface.Sdk);

    private readonly int _number = Interlocked.Increment(ref _numbers);

    /// <summary>The endpoint in metrics.</summary>
    public EndpointLabel Label => field ??= new EndpointLabel(_number, Name, Overload == OverloadRule.Reject && Surface == EndpointSurface.Sdk && Path != NoPath);

    /// <summary>Other paths that lead to it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The methods that it takes.</summary>
    public EndpointMethods Methods { get; init; } = EndpointMethods.Get;

    /// <summary>What overload does with it.</summary>
    public OverloadRule Overload { get; init; } = OverloadRule.Reject;

    /// <summary>What draining does with it.</summary>
    public DrainRule Drain { get; init; } = DrainRule.CloseConnection;

    /// <summary>What usage reports count it as; null if they do not.</summary>
    public UsageResource? Usage { get; init; }

    /// <summary>Whether its requests get spans, when traces are exported.</summary>
    public bool IsTraced { get; init; }
}

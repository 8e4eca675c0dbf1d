using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Endpoints;

/// <summary><c>POST /proxy/environments/&lt;client-side key&gt;/release</c> (docs/spec/changes.md 5.2): an operator releases the held version.</summary>
internal sealed class ReleaseEndpoint : OperatorEnvironmentEndpoint, IEndpointDefinition
{
    private const string Path = "/proxy/environments/{key}/release";

    private static readonly PathPattern Pattern = new(Path);

    private readonly EnvironmentPublisher _publisher;

    public ReleaseEndpoint(EnvironmentRegistry registry, EnvironmentPublisher publisher)
        : base(registry, Pattern)
    {
        _publisher = publisher;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("release", Path, EndpointSurface.Operators)
    {
        Methods = EndpointMethods.Post,
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    protected override Task AnswerAsync(Exchange exchange, EnvironmentState environment) =>
        _publisher.Release(environment) is not { } version
            ? SdkErrors.NothingHeld(exchange)
            : ResponseWriter.WriteJson(exchange, StatusCodes.Status202Accepted, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("released"u8, version.Position.Revision);
                writer.WriteEndObject();
            });
}

using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Http.Traits;
using EdgeProxy.Host.Traits;

namespace EdgeProxy.Host.Endpoints;

/// <summary>A route that sets traits (docs/spec/traits.md 1.1): available while they are forwarded.</summary>
internal abstract class TraitEndpoint : ParsedBodyEndpoint
{
    private readonly TraitIntake _intake;

    /// <param name="intake">Takes the traits.</param>
    /// <param name="shedder">Limits how many bodies are waited for.</param>
    /// <param name="maxBodyBytes">The largest body.</param>
    protected TraitEndpoint(TraitIntake intake, LoadShedder shedder, int maxBodyBytes)
        : base(shedder, maxBodyBytes)
    {
        _intake = intake;
    }

    /// <inheritdoc/>
    protected sealed override Task Answer(Exchange exchange, KeyBinding binding, ReadOnlyMemory<byte> body)
    {
        var environment = binding.Environment;
        if (!_intake.IsEnabled || environment.IsOffline)
        {
            return TraitAnswers.NotForwarded(exchange, environment.IsOffline);
        }

        return environment.Current is { } current
            ? Answer(exchange, current.Snapshot, binding.Audience, body.Span)
            : SdkErrors.NotLoaded(exchange); // the document says whether traits may be stored
    }

    /// <summary>Answers a request.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="snapshot">The environment.</param>
    /// <param name="audience">The audience of the key.</param>
    /// <param name="body">The whole body.</param>
    protected abstract Task Answer(Exchange exchange, EnvironmentSnapshot snapshot, FlagAudience audience, ReadOnlySpan<byte> body);

    /// <summary>Determines whether keys of an audience may set traits.</summary>
    protected static bool MaySetTraits(EnvironmentSnapshot snapshot, FlagAudience audience) =>
        snapshot.AllowClientTraits || audience == FlagAudience.Server;

    /// <summary>Takes a trait.</summary>
    protected void Take(Exchange exchange, EnvironmentSnapshot snapshot, FlagAudience audience, ReadOnlySpan<byte> body, in TraitWrite trait)
    {
        if (!trait.IsTransient)
        {
            _intake.Take(exchange, snapshot, audience, trait.Identifier.In(body), body, [trait.Tokens]);
        }
    }
}

using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Ofrep;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Traits;
using EdgeProxy.Host.Usage;

namespace EdgeProxy.Host.Endpoints;

/// <summary>
/// An evaluation by OFREP (docs/spec/ofrep.md 3): reads the context, and prepares the environment at the first request.
/// </summary>
internal abstract class OfrepEndpoint : EvaluationEndpoint
{
    private readonly int _maxTraits;
    private readonly TraitIntake _intake;

    protected OfrepEndpoint(
        OfrepOptions options, IdentityOptions limits, TraitIntake intake, LoadShedder shedder, OffloadedRequests offloaded, EvaluationReport report)
        : base(limits, shedder, offloaded, report)
    {
        Options = options;
        _intake = intake;
        _maxTraits = limits.MaxTraits;
    }

    /// <inheritdoc/>
    public override bool IsEnabled => Options.IsEnabled;

    /// <summary>The options.</summary>
    protected OfrepOptions Options { get; }

    /// <summary>Creates the definition of an evaluation.</summary>
    protected static EndpointDefinition Define(string name, string path) => new(name, path, EndpointSurface.Sdk)
    {
        Methods = EndpointMethods.Post,
        Protocol = ApiProtocol.Ofrep,
        Usage = UsageResource.Identities,
        IsTraced = true,
    };

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange, PublishedEnvironment environment, FlagAudience audience) => AnswerPost(exchange, environment, audience);

    /// <inheritdoc/>
    protected sealed override bool TryAnswer(
        Exchange exchange, PublishedEnvironment environment, FlagAudience audience, ReadOnlySpan<byte> body, bool isInline, out Task task)
    {
        task = Task.CompletedTask;
        body = RequestBody.WithoutMark(body);
        var request = Requests.Get();
        try
        {
            var snapshot = environment.Snapshot;
            var takesTraits = audience == FlagAudience.Server || snapshot.UseClientTraits;
            var problem = OfrepContextReader.Read(body, request, snapshot, takesTraits, _maxTraits, out var context);
            if (problem != ContextProblem.None)
            {
                task = ContextProblems.Answer(exchange, problem);
                return true;
            }

            var answers = environment.Ofrep.Answers;
            if (answers is null)
            {
                if (isInline && !environment.Ofrep.IsSmall)
                {
                    return false;
                }

                answers = environment.Ofrep.Prepare(FormOf(exchange.Environment!));
            }

            var hasIdentity = context.HasTargetingKey || (context.HasTraits && TrySetTransient(request.Frame, body[context.Range]));
            if (!TryAnswer(exchange, answers, request.Frame, hasIdentity, audience, isInline, out task))
            {
                return false;
            }

            if (hasIdentity)
            {
                exchange.Environment!.Sample?.Offer(SampledRequestKind.Context, audience, request.Frame.IdentityKey, body);
            }

            if (_intake.IsEnabled && context.HasTargetingKey && exchange.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified)
            {
                Forward(exchange, snapshot, audience, body, body[context.TargetingKey], request.SentTraits);
            }

            return true;
        }
        finally
        {
            Requests.Return(request);
        }
    }

    /// <summary>Answers a request.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="answers">The environment.</param>
    /// <param name="frame">The identity and its traits.</param>
    /// <param name="hasIdentity">False if the environment flags are wanted.</param>
    /// <param name="audience">The audience of the answer.</param>
    /// <param name="isInline">True if this thread serves connections, and so must not be blocked for long.</param>
    /// <param name="task">The answer.</param>
    /// <returns>False if it takes too long for this thread; then nothing was written.</returns>
    protected abstract bool TryAnswer(
        Exchange exchange, OfrepAnswers answers, EvaluationFrame frame, bool hasIdentity, FlagAudience audience, bool isInline, out Task task);

    private void Forward(
        Exchange exchange, EnvironmentSnapshot snapshot, FlagAudience audience, ReadOnlySpan<byte> body, ReadOnlySpan<byte> targetingKey, ReadOnlySpan<TraitTokens> traits)
    {
        if (targetingKey[0] == '"')
        {
            _intake.Take(exchange, snapshot, audience, targetingKey, body, traits);
            return;
        }

        // A number is an identifier as it is spelled.
        Span<byte> quoted = stackalloc byte[IdentityJson.MaxNumberCharacters + 2];
        quoted[0] = (byte)'"';
        targetingKey.CopyTo(quoted[1..]);
        quoted[targetingKey.Length + 1] = (byte)'"';
        _intake.Take(exchange, snapshot, audience, quoted[..(targetingKey.Length + 2)], body, traits);
    }

    private static bool TrySetTransient(EvaluationFrame frame, ReadOnlySpan<byte> context)
    {
        if (TransientContext.CreateIdentifier(context) is not { } identifier)
        {
            return false;
        }

        frame.SetIdentity(identifier);
        return true;
    }

    private OfrepForm FormOf(EnvironmentState environment) => new(Options.Format, Options.HasResponseMetadata)
    {
        EventStreams = Options.EventStreams == EventStreamOffer.Never ? default : EventStreamMember.Render(environment.ClientSideKey, Options.PublicUrl),
    };
}

using System.Buffers;
using System.Text;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common.Compression;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;
using EdgeProxy.Host.Http.Overload;
using EdgeProxy.Host.Metrics;
using EdgeProxy.Host.Traits;
using EdgeProxy.Host.Usage;

namespace EdgeProxy.Host.Endpoints;

/// <summary>
/// <c>GET</c> and <c>POST /api/v1/identities/</c>: reads, evaluates and writes in one pass over one body in memory.
/// </summary>
internal sealed class IdentitiesEndpoint : EvaluationEndpoint, IEndpointDefinition
{
    private const string IdentifierParameter = "identifier";
    private const string FeatureParameter = "feature";

    private readonly int _maxTraits;
    private readonly TraitIntake _intake;

    public IdentitiesEndpoint(IdentityOptions options, LoadShedder shedder, OffloadedRequests offloaded, EvaluationReport report, TraitIntake intake)
        : base(options, shedder, offloaded, report)
    {
        _intake = intake;
        _maxTraits = options.MaxTraits;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new(EnvironmentMetrics.IdentitiesEndpoint, "/api/v1/identities/", EndpointSurface.Sdk)
    {
        Methods = EndpointMethods.GetAndPost,
        Usage = UsageResource.Identities,
        IsTraced = true,
    };

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange, PublishedEnvironment environment, FlagAudience audience) =>
        HttpMethods.IsPost(exchange.Method)
            ? AnswerPost(exchange, environment, audience)
            : AnswerGet(exchange, environment, audience);

    /// <inheritdoc/>
    protected override bool TryAnswer(
        Exchange exchange, PublishedEnvironment environment, FlagAudience audience, ReadOnlySpan<byte> body, bool isInline, out Task task) =>
        TryAnswer(exchange, environment, audience, body, hasBody: true, isInline, out task);

    private Task AnswerGet(Exchange exchange, PublishedEnvironment environment, FlagAudience audience) =>
        !exchange.IsExpensive && TryAnswer(exchange, environment, audience, default, hasBody: false, isInline: true, out var task)
            ? task
            : OffloadGet(exchange, environment, audience);

    private Task OffloadGet(Exchange exchange, PublishedEnvironment environment, FlagAudience audience) => Offloaded.Run(
        exchange,
        exchange.Environment!,
        () =>
        {
            TryAnswer(exchange, environment, audience, default, hasBody: false, isInline: false, out var task);
            return task;
        });

    /// <param name="exchange">The request.</param>
    /// <param name="environment">The environment to evaluate.</param>
    /// <param name="audience">The audience of the answer.</param>
    /// <param name="body">The body; empty if there is none.</param>
    /// <param name="hasBody">True if the body has the identifier; else it must be in the query.</param>
    /// <param name="isInline">True if this thread serves connections, and so must not be blocked for long.</param>
    /// <param name="task">The answer.</param>
    /// <returns>False if it takes too long for this thread; then nothing was written.</returns>
    private bool TryAnswer(
        Exchange exchange, PublishedEnvironment environment, FlagAudience audience, ReadOnlySpan<byte> body, bool hasBody, bool isInline, out Task task)
    {
        task = Task.CompletedTask;
        body = RequestBody.WithoutMark(body);
        var request = Requests.Get();
        try
        {
            var snapshot = environment.Snapshot;
            request.Frame.Begin(snapshot);
            if (hasBody)
            {
                IdentityRequestReader.Read(body, request, takesTraits: audience == FlagAudience.Server || snapshot.UseClientTraits, _maxTraits);
                if (request.Problem is { } problem)
                {
                    task = SdkErrors.Unprocessable(exchange, problem);
                    return true;
                }
            }

            var identifier = body[request.IdentifierToken];
            if (identifier.IsEmpty && Identify(exchange, request, body, mustBeInQuery: !hasBody, out identifier) is { } notIdentified)
            {
                task = SdkErrors.Unprocessable(exchange, notIdentified);
                return true;
            }

            if (!hasBody && QueryText.FindText(exchange.QueryString, FeatureParameter) is { Length: > 0 } feature)
            {
                if (!TryAnswerOne(exchange, request.Frame, feature, audience, isInline, out task))
                {
                    return false;
                }
            }
            else
            {
                var answer = TryEvaluate(exchange, request.Frame, isInline)
                    ? new IdentityAnswer(request, body, identifier, audience, snapshot.HideSensitiveData, marksTransient: _intake.IsEnabled)
                    : default;
                if (answer.Length == 0 || !TryWrite(exchange, environment, in answer, isInline))
                {
                    return false;
                }
            }

            if (exchange.Environment!.Sample is { } sample)
            {
                Offer(sample, exchange, request, audience, identifier, body);
            }

            if (_intake.IsEnabled && !request.IsTransient && (hasBody || IsForwardedGet(exchange)) && exchange.StatusCode == StatusCodes.Status200OK)
            {
                _intake.Take(exchange, snapshot, audience, identifier, body, request.SentTraits);
            }

            return true;
        }
        finally
        {
            Requests.Return(request);
        }
    }

    /// <summary>Answers a <c>GET</c> for one flag (docs/spec/sdk-api.md 4.7), which the Flagsmith API has and SDKs no longer send.</summary>
    private bool TryAnswerOne(Exchange exchange, EvaluationFrame frame, string name, FlagAudience audience, bool isInline, out Task task)
    {
        task = Task.CompletedTask;
        var snapshot = frame.Snapshot;
        var feature = snapshot.FindFeature(Encoding.UTF8.GetBytes(name));
        if (feature < 0)
        {
            task = SdkErrors.FeatureNotFound(exchange, name);
            return true;
        }

        int flag;
        if (!isInline)
        {
            flag = frame.EvaluateSingle(feature);
            NoteEvaluated(exchange, frame);
        }
        else if (!frame.TryEvaluateSingle(feature, OffloadedRequests.StepsInline, out flag))
        {
            return false;
        }

        task = snapshot.Flags.IsLeftOut(flag, audience)
            ? SdkErrors.FeatureNotFound(exchange, name)
            : ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, snapshot.Flags.Text(flag, audience).ToArray());
        return true;
    }

    /// <summary>Reads the identifier from the query if the body has none; returns the error, if any.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="request">The request as read.</param>
    /// <param name="body">The body; empty if there is none.</param>
    /// <param name="mustBeInQuery">True if the query must have an identifier; if not, a transient one is created.</param>
    /// <param name="identifier">The identifier as JSON, with its quotes.</param>
    private static RequestProblem? Identify(
        Exchange exchange, IdentityRequest request, ReadOnlySpan<byte> body, bool mustBeInQuery, out ReadOnlySpan<byte> identifier)
    {
        var query = exchange.QueryString;
        var room = ArrayPool<byte>.Shared.Rent(QueryText.MaxLength(query));
        var length = QueryText.Find(query, IdentifierParameter, room);
        var problem = length < 0 && mustBeInQuery ? RequestProblem.Missing("query", IdentifierParameter)
            : length > 0 && JsonStrings.IsLongerThan(room.AsSpan(0, length), IdentityJson.MaxCharacters)
                ? RequestProblem.TooLong(IdentityJson.MaxCharacters, "query", IdentifierParameter)
            : null;
        identifier = default;
        if (problem is null)
        {
            var text = length > 0 ? room.AsSpan(0, length) : TransientIdentifier.Create(body, request.Traits);
            request.IsTransient |= length <= 0;
            request.Frame.SetIdentity(text);
            identifier = IdentityAnswer.Quote(text, request);
        }

        ArrayPool<byte>.Shared.Return(room);
        return problem;
    }

    /// <summary>Offers the request to the sample, unless it has no identity that could ask again.</summary>
    private static void Offer(
        IdentitySample sample, Exchange exchange, IdentityRequest request, FlagAudience audience, ReadOnlySpan<byte> identifier, ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            sample.Offer(SampledRequestKind.Identifier, audience, request.Frame.IdentityKey, identifier);
        }
        else if (!body[request.IdentifierToken].IsEmpty || (!request.Traits.IsEmpty && exchange.QueryString.Length == 0))
        {
            sample.Offer(SampledRequestKind.Identity, audience, request.Frame.IdentityKey, body);
        }
    }

    /// <summary>Determines whether the identity of a <c>GET</c> may be forwarded: one with a value for <c>transient</c> is not.</summary>
    private bool IsForwardedGet(Exchange exchange)
    {
        if (!_intake.TakesAll)
        {
            return false;
        }

        var query = exchange.QueryString;
        var room = ArrayPool<byte>.Shared.Rent(QueryText.MaxLength(query));
        var isTransient = QueryText.Find(query, "transient", room) > 0;
        ArrayPool<byte>.Shared.Return(room);
        return !isTransient;
    }

    // Nothing here waits: the server flushes what was written when the request ends.
    private static bool TryWrite(Exchange exchange, PublishedEnvironment environment, in IdentityAnswer answer, bool isInline)
    {
        if (answer.Length >= BodyCompressor.MinLength)
        {
            var coding = AcceptEncoding.Best(exchange.RequestHeaders.AcceptEncoding, onTie: ContentCoding.Gzip); // made beforehand
            if (coding == ContentCoding.Brotli && isInline && answer.Length > OffloadedRequests.BrotliInlineUpTo)
            {
                return false;
            }

            if (coding == ContentCoding.Brotli || (coding == ContentCoding.Gzip && environment.Gzip.IsReady(answer.Audience)))
            {
                WriteCompressed(exchange, answer, coding);
                return true;
            }
        }

        if (ResponseWriter.StartJson(exchange, ContentCoding.Identity, answer.Length))
        {
            answer.Write(exchange.ResponseBody.GetSpan(answer.Length));
            exchange.ResponseBody.Advance(answer.Length);
        }

        return true;
    }

    private static void WriteCompressed(Exchange exchange, in IdentityAnswer answer, ContentCoding coding)
    {
        var room = ArrayPool<byte>.Shared.Rent(AnswerCompressor.Measure(in answer, coding));
        var length = AnswerCompressor.Write(in answer, coding, room);
        if (ResponseWriter.StartJson(exchange, coding, length))
        {
            exchange.ResponseBody.Write(room.AsSpan(0, length));
        }

        ArrayPool<byte>.Shared.Return(room);
    }
}

using System.Text;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Explanations;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Http.Identities;

namespace EdgeProxy.Host.Endpoints;

/// <summary>
/// <c>GET</c> and <c>POST /proxy/explain</c> (docs/spec/explain.md 1): the reasons for the flags of an identity, for
/// operators. The work is done on a low-priority thread, a few at a time.
/// </summary>
internal sealed class ExplainEndpoint : OperatorEndpoint, IEndpointDefinition
{
    private const string IdentifierParameter = "identifier";

    private readonly EnvironmentRegistry _registry;
    private readonly Explainer _explainer;
    private readonly ExplanationQueue _queue;
    private readonly IdentityOptions _limits;
    private readonly TimeProvider _time;

    public ExplainEndpoint(EnvironmentRegistry registry, Explainer explainer, ExplanationQueue queue, IdentityOptions limits, TimeProvider time)
    {
        _registry = registry;
        _explainer = explainer;
        _queue = queue;
        _limits = limits;
        _time = time;
    }

    /// <inheritdoc/>
    public static EndpointDefinition Definition { get; } = new("explain", "/proxy/explain", EndpointSurface.Operators)
    {
        Methods = EndpointMethods.GetAndPost,
        Overload = OverloadRule.Answer,
    };

    /// <inheritdoc/>
    public override Task AnswerAsync(Exchange exchange)
    {
        var key = exchange.RequestHeaders[SdkHeaders.EnvironmentKey].ToString();
        var name = QueryText.FindText(exchange.QueryString, "environment");
        if ((name is null ? _registry.Find(key) : FindNamed(name, exchange.QueryString)) is not { } binding)
        {
            return name is null ? SdkErrors.UnknownKey(exchange, key) : SdkErrors.NotFoundBecause(exchange, $"not exactly one environment is named '{name}'");
        }

        exchange.Environment = binding.Environment;
        exchange.Revision = binding.Environment.Current?.Document.Version;
        return binding.Environment.Current is null ? SdkErrors.NotLoaded(exchange)
            : HttpMethods.IsPost(exchange.Method) ? ReadAndAnswerAsync(exchange, binding)
            : AnswerInTurnAsync(exchange, binding, body: null);
    }

    private async Task ReadAndAnswerAsync(Exchange exchange, KeyBinding binding)
    {
        // A place is taken once the whole body is there: a client that sends slowly would keep it from others.
        if (await RequestBody.ReadAsync(exchange, _limits.MaxRequestBodyBytes) is { } body)
        {
            await AnswerInTurnAsync(exchange, binding, body);
        }
        else
        {
            await SdkErrors.BodyTooLarge(exchange, _limits.MaxRequestBodyBytes);
        }
    }

    private async Task AnswerInTurnAsync(Exchange exchange, KeyBinding binding, byte[]? body)
    {
        // Read again: the environment may have changed, or be gone, since the request began.
        if (binding.Environment.Current is not { } environment)
        {
            await SdkErrors.NotLoaded(exchange);
            return;
        }

        if (!_queue.TryEnter())
        {
            await SdkErrors.TooManyRequests(exchange, $"{ExplanationQueue.MaxAtOnce} explanations are being made; try again");
            return;
        }

        try
        {
            var query = exchange.QueryString;
            var request = new ExplanationRequest(environment, binding.Audience)
            {
                Feature = QueryText.FindText(query, "feature"),
                IsComplete = QueryText.FindText(query, "all") is "true" or "1" or "",
                AgeSeconds = AgeOf(binding.Environment),
            };
            exchange.Revision = environment.Document.Version;
            await AnswerAsync(exchange, request, body, QueryText.FindText(query, IdentifierParameter) ?? "");
        }
        finally
        {
            _queue.Leave();
        }
    }

    private async Task AnswerAsync(Exchange exchange, ExplanationRequest request, byte[]? body, string identifier)
    {
        try
        {
            // The body, too, is read there: it may be a megabyte.
            var (answer, problem) = await _queue.RunAsync(() => Explain(request, body, identifier));
            await (problem is not null ? SdkErrors.Unprocessable(exchange, problem)
                : answer is { } json ? ResponseWriter.WriteJson(exchange, StatusCodes.Status200OK, json)
                : SdkErrors.NotFoundBecause(exchange, Places(request)));
        }
        catch (InsufficientExecutionStackException)
        {
            await SdkErrors.Inexplicable(exchange, "flags of this environment depend on each other in chains too long to be explained");
        }
    }

    private (ReadOnlyMemory<byte>? Answer, RequestProblem? Problem) Explain(ExplanationRequest request, byte[]? body, string identifier)
    {
        if (JsonStrings.IsLongerThan(Encoding.UTF8.GetBytes(identifier), IdentityJson.MaxCharacters))
        {
            return (null, RequestProblem.TooLong(IdentityJson.MaxCharacters, "query", IdentifierParameter));
        }

        var identified = Identify(request, body, identifier, out var problem);
        return problem is null ? (_explainer.Explain(identified), null) : (null, problem);
    }

    private ExplanationRequest Identify(ExplanationRequest request, byte[]? body, string identifier, out RequestProblem? problem)
    {
        problem = null;
        if (body is null)
        {
            return request with { Identity = identifier.Length == 0 ? null : new Identity(identifier) };
        }

        var snapshot = request.Environment.Snapshot;
        var ignoredTraits = ExplanationRequest.ReasonToIgnoreTraits(request.Audience, snapshot);
        var sent = IdentityBody.Read(body, identifier, snapshot, takesTraits: ignoredTraits is null, _limits.MaxTraits, out var isTransient, out problem);
        return request with
        {
            Identity = ignoredTraits is null || sent is null ? sent : new Identity(sent.Identifier),
            SentTraits = sent?.Traits,
            IsTransient = isTransient,
            IgnoredTraits = ignoredTraits,
        };
    }

    /// <summary>Says where a feature is: most often the key is that of another environment.</summary>
    private string Places(ExplanationRequest request)
    {
        var name = Encoding.UTF8.GetBytes(request.Feature!);
        var others = _registry.Environments
            .Select(static environment => environment.Current?.Snapshot)
            .Where(snapshot => snapshot is not null && snapshot != request.Environment.Snapshot && snapshot.HasFeature(name))
            .Select(static snapshot => $"'{snapshot!.Name}'")
            .Take(3)
            .ToList();
        var here = $"environment '{request.Environment.Snapshot.Name}' has no feature '{request.Feature}'";
        return others.Count == 0 ? here : $"{here}, but {string.Join(", ", others)} {(others.Count == 1 ? "has" : "have")}: is this the key of the right environment?";
    }

    /// <summary>
    /// Finds an environment by its name or its masked client-side key, as <c>/proxy/environments</c> lists them: operators
    /// need no keys. Null unless there is exactly one.
    /// </summary>
    private KeyBinding? FindNamed(string name, string query)
    {
        var audience = QueryText.FindText(query, "audience") == "client" ? FlagAudience.Client : FlagAudience.Server;
        return EnvironmentNames.Find(_registry, name) is { } environment ? new KeyBinding(environment, audience) : null;
    }

    private double? AgeOf(EnvironmentState environment) =>
        environment.Freshness.Fetched is { } fetched ? Math.Max(0, (_time.GetUtcNow() - fetched).TotalSeconds) : null;
}

using System.Text;
using System.Text.Json;
using EdgeProxy.Engine.Compilation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Commands.Requests;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Explanations;
using EdgeProxy.Host.Http;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Offline;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Upstream;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Commands;

/// <summary>
/// <c>edge-proxy explain</c> (docs/spec/explain.md 5): over a document from a file, over the API's, or by a running proxy.
/// </summary>
internal static class ExplainCommand
{
    private const string Path = "/proxy/explain";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Explains and prints; returns the exit code.</summary>
    public static async Task<int> RunAsync(ExplainArguments arguments, ConfigurationResult configuration, CancellationToken cancellationToken)
    {
        try
        {
            if (arguments.FindMistake() is { } mistake)
            {
                throw new ExplainException(mistake);
            }

            var options = configuration.Options;
            var isOffline = arguments.Url is null && options.HasDocuments;
            var answer = arguments.IsOnline || isOffline
                ? await ExplainAsync(arguments, arguments.IsOnline ? configuration : configuration.OfDocuments(), cancellationToken)
                : await AskAsync(arguments, options, cancellationToken);
            await Console.Out.WriteLineAsync(arguments.IsJson ? Encoding.UTF8.GetString(answer.Span) : ExplanationText.Of(JsonElement.Parse(answer.Span)));
            return 0;
        }
        catch (ExplainException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    /// <summary>Asks a running proxy.</summary>
    private static async Task<ReadOnlyMemory<byte>> AskAsync(ExplainArguments arguments, ProxyOptions options, CancellationToken cancellationToken)
    {
        var key = arguments.Key ?? (options.EnvironmentKeyPairs is [var only] ? only.ServerSideKey : throw new ExplainException("--key: needed, because the configuration does not have exactly one environment."));
        var identity = arguments.ToIdentity();
        var query = new List<string>();
        if (arguments.Feature is { } feature)
        {
            query.Add($"feature={Uri.EscapeDataString(feature)}");
        }

        if (arguments.IsComplete)
        {
            query.Add("all=true");
        }

        using var client = OperatorsClient.Create(options, Path, arguments.Url, arguments.Token, Timeout);
        var address = client.Address;
        using var request = new HttpRequestMessage(identity is null ? HttpMethod.Get : HttpMethod.Post, new Uri(address, $"?{string.Join('&', query)}"));
        request.Headers.TryAddWithoutValidation(SdkHeaders.EnvironmentKey, key);
        request.Content = identity is null ? null : new ByteArrayContent(IdentityRequestBody.Of(identity));
        try
        {
            using var response = await client.Http.SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode ? answer : throw new ExplainException($"{address} answered {(int)response.StatusCode}: {ExplanationText.Line(Encoding.UTF8.GetString(answer))}");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            throw new ExplainException($"Nothing answers at {address} ({NoAnswer.Describe(exception, address, Timeout)}). --url asks another proxy, --environment-document FILE explains a document, --online one of the API.", exception);
        }
    }

    /// <summary>Explains in this process.</summary>
    private static async Task<ReadOnlyMemory<byte>> ExplainAsync(ExplainArguments arguments, ConfigurationResult configuration, CancellationToken cancellationToken)
    {
        if (await StartupCheck.RunAsync(configuration, new LoggingOptions()) is not { } offline)
        {
            throw new ExplainException("Nothing was explained.");
        }

        var (document, audience) = arguments.IsOnline ? await FetchAsync(arguments, configuration.Options, cancellationToken) : Choose(arguments, offline);
        try
        {
            var published = new PublishedEnvironment(document, EnvironmentCompiler.Compile(document).Snapshot, DateTimeOffset.UnixEpoch);
            var identity = arguments.ToIdentity();
            var ignoredTraits = ExplanationRequest.ReasonToIgnoreTraits(audience, published.Snapshot);
            var request = new ExplanationRequest(published, audience)
            {
                Identity = ignoredTraits is null || identity is null ? identity : new Identity(identity.Identifier),
                SentTraits = identity?.Traits,
                IgnoredTraits = ignoredTraits,
                Feature = arguments.Feature,
                IsComplete = arguments.IsComplete,
            };
            return new Explainer().Explain(request) ?? throw new ExplainException($"Environment '{published.Snapshot.Name}' has no feature '{arguments.Feature}'.");
        }
        catch (Exception exception) when (exception is EnvironmentDocumentException or InsufficientExecutionStackException)
        {
            throw new ExplainException($"It cannot be explained: {exception.Message}", exception);
        }
    }

    private static (byte[] Document, FlagAudience Audience) Choose(ExplainArguments arguments, IReadOnlyList<OfflineDocument> offline)
    {
        var found = arguments.Key is not { } key ? offline : [.. offline.Where(document => document.HasKey(key))];
        return found.Count switch
        {
            1 => (found[0].TakeContent(), arguments.Key == found[0].Environment.ClientSideKey ? FlagAudience.Client : FlagAudience.Server),
            0 => throw new ExplainException($"--key {KeyMask.Mask(arguments.Key!)}: no document has this key."),
            _ => throw new ExplainException("--key: needed, because there are several documents."),
        };
    }

    private static async Task<(byte[] Document, FlagAudience Audience)> FetchAsync(ExplainArguments arguments, ProxyOptions options, CancellationToken cancellationToken)
    {
        var pairs = options.EnvironmentKeyPairs.Where(pair => arguments.Key is not { } key || key == pair.ServerSideKey || key == pair.ClientSideKey).ToList();
        if (pairs is not [var pair])
        {
            throw new ExplainException(pairs.Count == 0 ? "--online: no environment_key_pairs has this key." : "--key: needed, because the configuration does not have exactly one environment.");
        }

        await using var application = ProxyApplication.Build(options, [], TimeProvider.System, static logging => logging.SetMinimumLevel(LogLevel.None));
        try
        {
            var fetched = await application.Services.GetRequiredService<DocumentFetcher>().FetchAsync(new FetchKeys(pair.ServerSideKey), FetchConditions.None, cancellationToken);
            return (fetched!.Content, arguments.Key == pair.ClientSideKey ? FlagAudience.Client : FlagAudience.Server);
        }
        catch (UpstreamException exception)
        {
            throw new ExplainException(exception.Message, exception);
        }
    }
}

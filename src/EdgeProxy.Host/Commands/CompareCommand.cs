using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Commands.Comparison;
using EdgeProxy.Host.Commands.Requests;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Offline;
using EdgeProxy.Host.Server;
using EdgeProxy.Host.Upstream;

namespace EdgeProxy.Host.Commands;

/// <summary><c>edge-proxy compare</c> (docs/spec/operator-commands.md 2): asks this proxy and another server the same questions.</summary>
internal static class CompareCommand
{
    private const int Same = 0;
    private const int Different = 1;
    private const int NotCompared = 2;
    private const int DefaultSample = 500;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Compares, and prints the result.</summary>
    /// <returns>0 if nothing differs, 1 if something does, 2 if it could not be compared.</returns>
    public static async Task<int> RunAsync(CompareArguments arguments, ConfigurationResult configuration, CancellationToken cancellationToken)
    {
        try
        {
            if (arguments.FindMistake() is { } mistake)
            {
                throw new CompareException(mistake);
            }

            var options = configuration.Options;
            var isOffline = arguments.Url is null && options.HasDocuments;
            var result = await (isOffline ? CompareOwnAsync(arguments, configuration.OfDocuments(), cancellationToken) : CompareRunningAsync(arguments, options, cancellationToken));
            await Console.Out.WriteLineAsync(ComparisonText.Of(result));
            if (arguments.Report is { } path)
            {
                await WriteReportAsync(path, result, cancellationToken);
            }

            return result.Differences.Count == 0 ? Same : Different;
        }
        catch (CompareException exception)
        {
            await Console.Error.WriteLineAsync(LogText.Escape(exception.Message));
            return NotCompared;
        }
    }

    /// <summary>Compares a proxy in this process that serves a document from a file.</summary>
    private static async Task<ComparisonResult> CompareOwnAsync(CompareArguments arguments, ConfigurationResult configuration, CancellationToken cancellationToken)
    {
        if (await StartupCheck.RunAsync(configuration, new LoggingOptions()) is not { } documents)
        {
            throw new CompareException("Nothing was compared.");
        }

        var found = documents.Where(document => arguments.Key is null || document.HasKey(arguments.Key)).ToList();
        if (found is not [var document])
        {
            throw new CompareException(found.Count == 0 ? $"--key {KeyMask.Mask(arguments.Key!)}: no document has this key." : "--key: needed, because there are several documents.");
        }

        var content = document.TakeContent();
        await using var own = await OwnInstance.StartAsync(configuration.Options, [new OfflineDocument(document.Environment, content)], cancellationToken);
        var key = arguments.Key ?? document.Environment.ClientSideKey;
        var pace = new Pace(arguments.Rate, TimeProvider.System);
        using var here = new ComparedServer(own.Url, key, LocalProxy.CreateClient(Timeout), pace);
        using var client = LocalProxy.CreateClient(Timeout);
        var explainer = new DifferenceExplainer(client, new Uri(own.Url, DifferenceExplainer.Path), key, arguments.ShowsIdentities, pace);
        return await CompareAsync(arguments, configuration.Options, here, key, _ => Task.FromResult(content), explainer, cancellationToken);
    }

    /// <summary>Compares a running proxy.</summary>
    private static async Task<ComparisonResult> CompareRunningAsync(CompareArguments arguments, ProxyOptions options, CancellationToken cancellationToken)
    {
        var local = arguments.Url is null ? new LocalProxy(options) : null;
        var (key, serverSideKey) = KeysOf(arguments, options);
        var pace = new Pace(arguments.Rate, TimeProvider.System);
        using var here = new ComparedServer(
            local?.UrlOf("/") ?? new Uri(arguments.Url!), key, local is null ? CreateClient(options) : LocalProxy.CreateClient(Timeout), pace);
        using var client = OperatorsClient.Create(options, DifferenceExplainer.Path, arguments.Url, arguments.Token, Timeout);
        var explainer = new DifferenceExplainer(client.Http, client.Address, key, arguments.ShowsIdentities, pace);
        return await CompareAsync(arguments, options, here, key, FetchDocumentAsync, explainer, cancellationToken);

        Task<byte[]> FetchDocumentAsync(CancellationToken limit) => serverSideKey is null
            ? throw new CompareException("--identities: needed, because a client-side key gives no document to make questions from. Or compare with a server-side key, or with --environment-document FILE.")
            : here.FetchDocumentAsync(serverSideKey, limit);
    }

    private static async Task<ComparisonResult> CompareAsync(
        CompareArguments arguments,
        ProxyOptions options,
        ComparedServer here,
        string key,
        Func<CancellationToken, Task<byte[]>> fetchDocument,
        DifferenceExplainer explainer,
        CancellationToken cancellationToken)
    {
        var questions = new List<Question> { Question.OfEnvironment };
        if (arguments.Identities is { } file)
        {
            questions.AddRange(QuestionFile.Read(file));
        }

        var sample = arguments.Sample ?? (arguments.Identities is null ? DefaultSample : 0);
        if (sample > 0)
        {
            questions.AddRange(await MakeQuestionsAsync(fetchDocument, sample, cancellationToken));
        }

        using var there = new ComparedServer(new Uri(arguments.With), key, CreateClient(options), new Pace(arguments.Rate, TimeProvider.System));
        var run = new ComparisonRun(here, there, questions);
        var result = await ComparisonProgress.ShowAsync(run, run.RunAsync(cancellationToken));
        var groups = new List<DifferenceGroup>();
        foreach (var group in result.Groups)
        {
            groups.Add(groups.Count < ComparisonText.MaxShown ? group with { First = await explainer.ExplainAsync(group.First, cancellationToken) } : group);
        }

        return result with { Groups = groups };
    }

    private static async Task<IReadOnlyList<Question>> MakeQuestionsAsync(Func<CancellationToken, Task<byte[]>> fetchDocument, int count, CancellationToken cancellationToken)
    {
        try
        {
            return QuestionPlan.Make(await fetchDocument(cancellationToken), count);
        }
        catch (EnvironmentDocumentException exception)
        {
            throw new CompareException($"No questions can be made from the document: {exception.Message}", exception);
        }
    }

    /// <summary>Finds the key to ask with, and the server-side key of the same environment; null if it is not known.</summary>
    private static (string Key, string? ServerSideKey) KeysOf(CompareArguments arguments, ProxyOptions options)
    {
        if (arguments.Key is not { } key)
        {
            return options.EnvironmentKeyPairs is [var only]
                ? (only.ClientSideKey, only.ServerSideKey)
                : throw new CompareException("--key: needed, because the configuration does not have exactly one environment.");
        }

        return key.StartsWith(EnvironmentKeyPairOptions.ServerKeyPrefix, StringComparison.Ordinal)
            ? (key, key)
            : (key, options.EnvironmentKeyPairs.FirstOrDefault(pair => pair.ClientSideKey == key)?.ServerSideKey);
    }

    /// <summary>Creates a client that reaches other machines as the proxy reaches the API.</summary>
    private static HttpClient CreateClient(ProxyOptions options)
    {
        var client = UpstreamClient.Create(options.Upstream, Environment.GetEnvironmentVariable);
        client.Timeout = Timeout;
        return client;
    }

    private static async Task WriteReportAsync(string path, ComparisonResult result, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(path, ComparisonPage.Of(result, TimeProvider.System.GetUtcNow()), cancellationToken);
            await Console.Error.WriteLineAsync($"Written to {path}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CompareException($"{path} cannot be written: {FileErrors.Describe(path, exception)}.", exception);
        }
    }
}

using EdgeProxy.Host.Http.Tls;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Logging.Output;
using EdgeProxy.Host.Offline;

namespace EdgeProxy.Host.Server;

/// <summary>Checks the settings, and the files that they name, before the proxy starts.</summary>
internal static class StartupCheck
{
    /// <summary>
    /// Checks everything; reports all problems at once to standard error, and the warnings with them: a missing setting is
    /// often one with a typing error.
    /// </summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="format">The format of the report.</param>
    /// <returns>The offline documents, which were read for it; null if there is any problem.</returns>
    public static async Task<IReadOnlyList<OfflineDocument>?> RunAsync(ConfigurationResult configuration, LoggingOptions format)
    {
        var problems = FindProblems(configuration, out var documents);
        if (problems.Count == 0)
        {
            return documents;
        }

        await Console.Error.WriteLineAsync(StartupErrors.Format(format, EventIds.ConfigurationInvalid, "The configuration cannot be used", problems));
        if (configuration.Warnings.Count > 0)
        {
            await Console.Error.WriteLineAsync(StartupErrors.Format(format, EventIds.SettingWarning, "Warnings", configuration.Warnings, LogLevel.Warning));
        }

        return null;
    }

    /// <summary>Checks everything; returns all problems, each with the source of its setting.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="documents">The offline documents, which were read for it.</param>
    public static IReadOnlyList<string> FindProblems(ConfigurationResult configuration, out IReadOnlyList<OfflineDocument> documents)
    {
        var options = configuration.Options;
        var problems = configuration.Problems.ToList();
        documents = problems.Count == 0 ? OfflineDocumentLoader.Load(options.EnvironmentDocuments, options.Demo, problems) : [];
        if (problems.Count == 0)
        {
            OfflineDocumentLoader.CheckKeys(options.EnvironmentKeyPairs, documents, problems);
        }

        CertificateReader.Check(options.Tls, problems);
        return [.. problems.Select(problem => $"{(problem.Source is null ? problem with { Source = configuration.Origins.Find(problem.Path) } : problem)}")];
    }
}

using EdgeProxy.Host.Http.Tls;
using EdgeProxy.Host.Offline;

namespace EdgeProxy.Host.Server;

/// <summary>Checks the settings, and the files that they name, before the proxy starts.</summary>
internal static class StartupCheck
{
    /// <summary>Checks everything; says on the error stream what is wrong, all of it at once.</summary>
    /// <param name="configuration">The settings.</param>
    /// <returns>The documents that are served without an upstream, which were read for it; null if anything is wrong.</returns>
    public static async Task<IReadOnlyList<OfflineDocument>?> RunAsync(ConfigurationResult configuration)
    {
        var options = configuration.Options;
        var problems = configuration.Problems.ToList();
        var documents = problems.Count == 0 ? OfflineDocumentLoader.Load(options.EnvironmentDocuments, options.Demo, problems) : [];
        if (problems.Count == 0)
        {
            OfflineDocumentLoader.CheckKeys(options.EnvironmentKeyPairs, documents, problems);
        }

        CertificateReader.Check(options.Tls, problems);

        if (problems.Count == 0)
        {
            return documents;
        }

        await Console.Error.WriteLineAsync(
            string.Join(Environment.NewLine, ["The configuration cannot be used:", .. problems.Select(problem => $"  {(problem.Source is null ? problem with { Source = configuration.Origins.Find(problem.Path) } : problem)}")]));
        return null;
    }
}

using System.Text;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Values;
using EdgeProxy.Host.Environments;
using EdgeProxy.Host.Http;

namespace EdgeProxy.Host.Server.WarmUp;

/// <summary>
/// The requests of the warm-up, as SDKs send them: for flags, and for identities without traits, with an override, and with
/// traits that the conditions of the document are about. An environment that nobody else has is also asked for compressed
/// answers, for flags of OpenFeature, and for counts: these forms are kept, and take memory that perhaps nobody else needs.
/// </summary>
internal static class WarmUpRequests
{
    // A larger document is not read again for its conditions: that takes longer than all else.
    private const int MaxReadBytes = 1024 * 1024;

    private const string FlagsPath = "/api/v1/flags/";
    private const string IdentitiesPath = "/api/v1/identities/";
    private const string AnalyticsPath = "/api/v1/analytics/flags/";

    private static readonly string[] Codings = ["gzip", "br"];

    // Several, for percentage splits.
    private static readonly string[] Identifiers = ["warm-up-1", "warm-up-2"];

    private static readonly Dictionary<string, ScalarValue> NoTraits = [];

    /// <summary>Makes the requests for some environments: for those that are shared, and then for those that are not.</summary>
    public static IEnumerable<IReadOnlyList<byte[]>> Make(IReadOnlyList<WarmUpEnvironment> environments) =>
        environments.GroupBy(static environment => environment.IsOwn).Select(static group => (IReadOnlyList<byte[]>)[.. group.SelectMany(Make)]);

    private static IEnumerable<byte[]> Make(WarmUpEnvironment environment)
    {
        var key = environment.Key;
        var model = ReadModel(environment.Published.Document);
        IReadOnlyDictionary<string, ScalarValue>[] traits = model is null ? [] : [.. WarmUpTraits.For(model)];
        byte[][] bodies = [.. BodiesFor(environment.Published, traits)];
        yield return Get(key, FlagsPath);
        foreach (var body in bodies)
        {
            yield return Post(key, IdentitiesPath, body);
        }

        if (!environment.IsOwn)
        {
            yield break;
        }

        foreach (var coding in Codings)
        {
            yield return Get(key, FlagsPath, $"Accept-Encoding: {coding}\r\n");
            yield return Post(key, IdentitiesPath, bodies[^1], $"Accept-Encoding: {coding}\r\n");
        }

        var context = WarmUpBodies.Context(Identifiers[0], traits.FirstOrDefault() ?? NoTraits);
        yield return Post(key, OfrepPaths.Flags, context);
        yield return Post(key, OfrepPaths.Flags, context, "If-None-Match: *\r\n");
        if (model is { Features: [var feature, ..] })
        {
            yield return Post(key, $"{OfrepPaths.Flags}/{Uri.EscapeDataString(feature.Name)}", context);
            yield return Post(key, AnalyticsPath, WarmUpBodies.Counts(model.Features.Select(static feature => feature.Name)));
        }
    }

    private static IEnumerable<byte[]> BodiesFor(PublishedEnvironment published, IReadOnlyDictionary<string, ScalarValue>[] traits)
    {
        yield return WarmUpBodies.Identity(Identifiers[0], []);
        if (published.Snapshot.IdentityOverrides is { Count: > 0 } overrides)
        {
            yield return WarmUpBodies.Identity(Encoding.UTF8.GetString(overrides.Identifier(0)), []);
        }

        foreach (var identifier in Identifiers)
        {
            foreach (var some in traits)
            {
                yield return WarmUpBodies.Identity(identifier, some);
            }
        }
    }

    private static EnvironmentModel? ReadModel(PublishedDocument document)
    {
        var content = document.Body.Plain;
        return content.Length <= MaxReadBytes ? EnvironmentDocumentReader.Read(content, new ProblemList(StepBudget.Unlimited())).Model : null;
    }

    private static byte[] Get(string key, string path, string headers = "") =>
        Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{SdkHeaders.EnvironmentKey}: {key}\r\nAccept: */*\r\nUser-Agent: edge-proxy\r\n{headers}\r\n");

    private static byte[] Post(string key, string path, byte[] body, string headers = "") =>
    [
        .. Encoding.UTF8.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\n{SdkHeaders.EnvironmentKey}: {key}\r\nAccept: */*\r\nUser-Agent: edge-proxy\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n{headers}\r\n"),
        .. body,
    ];
}

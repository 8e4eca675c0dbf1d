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

    // Several, for percentage splits.
    private static readonly string[] Identifiers = ["warm-up-1", "warm-up-2"];

    private static readonly Dictionary<string, ScalarValue> NoTraits = [];

    /// <summary>Makes the requests in groups, those that most clients send first: without compression, with gzip, and all others.</summary>
    public static IEnumerable<IReadOnlyList<byte[]>> Make(IReadOnlyList<WarmUpEnvironment> environments)
    {
        yield return [.. environments.Where(static environment => !environment.IsOwn).SelectMany(static environment => Plain(environment, ReadModel(environment)))];
        foreach (var environment in environments.Where(static environment => environment.IsOwn))
        {
            var model = ReadModel(environment);
            yield return [.. Compressed(environment, model, "gzip")];
            yield return [.. Compressed(environment, model, "br"), .. Ofrep(environment, model), .. Counts(environment, model)];
        }
    }

    private static IEnumerable<byte[]> Plain(WarmUpEnvironment environment, EnvironmentModel? model)
    {
        yield return Get(environment.Key, FlagsPath);
        foreach (var body in BodiesFor(environment.Published, TraitsFor(model)))
        {
            yield return Post(environment.Key, IdentitiesPath, body);
        }
    }

    private static IEnumerable<byte[]> Compressed(WarmUpEnvironment environment, EnvironmentModel? model, string coding)
    {
        var header = $"Accept-Encoding: {coding}\r\n";
        yield return Get(environment.Key, FlagsPath, header);
        foreach (var body in BodiesFor(environment.Published, TraitsFor(model)))
        {
            yield return Post(environment.Key, IdentitiesPath, body, header);
        }
    }

    private static IEnumerable<byte[]> Ofrep(WarmUpEnvironment environment, EnvironmentModel? model)
    {
        var context = WarmUpBodies.Context(Identifiers[0], TraitsFor(model).FirstOrDefault() ?? NoTraits);
        yield return Post(environment.Key, OfrepPaths.Flags, context);
        yield return Post(environment.Key, OfrepPaths.Flags, context, "If-None-Match: *\r\n");
        foreach (var feature in (model?.Features ?? []).Take(1))
        {
            yield return Post(environment.Key, $"{OfrepPaths.Flags}/{Uri.EscapeDataString(feature.Name)}", context);
        }
    }

    private static IEnumerable<byte[]> Counts(WarmUpEnvironment environment, EnvironmentModel? model)
    {
        yield return Post(environment.Key, AnalyticsPath, WarmUpBodies.Counts((model?.Features ?? []).Select(static feature => feature.Name)));
    }

    private static IReadOnlyDictionary<string, ScalarValue>[] TraitsFor(EnvironmentModel? model) => model is null ? [] : [.. WarmUpTraits.For(model)];

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

    private static EnvironmentModel? ReadModel(WarmUpEnvironment environment)
    {
        var content = environment.Published.Document.Body.Plain;
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

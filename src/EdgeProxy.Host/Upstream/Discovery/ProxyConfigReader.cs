using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Discovery;

/// <summary>
/// Reads the proxy config. An environment or a key that cannot be used is left out and becomes a problem that says where;
/// the others count. Members it does not know are nothing to it.
/// </summary>
internal sealed partial class ProxyConfigReader
{
    private readonly List<Problem> _problems = [];

    /// <summary>Reads it.</summary>
    /// <param name="config">JSON in UTF-8.</param>
    /// <exception cref="UpstreamException">It is no list of anything.</exception>
    public static ProxyConfig Read(ReadOnlyMemory<byte> config)
    {
        try
        {
            using var document = JsonDocument.Parse(config);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? new ProxyConfigReader().Read(document.RootElement)
                : throw new UpstreamException("the proxy config is not an array");
        }
        catch (JsonException exception)
        {
            throw new UpstreamException("the proxy config is not valid JSON", innerException: exception);
        }
    }

    private ProxyConfig Read(JsonElement root)
    {
        var environments = new List<ListedEnvironment>();
        var index = 0;
        foreach (var item in root.EnumerateArray())
        {
            if (Guard(item, $"$[{index++}]", ReadEnvironment) is { } environment)
            {
                environments.Add(environment);
            }
        }

        return new ProxyConfig(environments, _problems);
    }

    private ListedEnvironment? ReadEnvironment(JsonElement item, string path)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return Skip<ListedEnvironment>(path, "is not an object; it is skipped");
        }

        if (Member(item, "client_side_key") is not { ValueKind: JsonValueKind.String } member || !IsKey(member.GetString()))
        {
            return Skip<ListedEnvironment>($"{path}.client_side_key", "is not a key; the environment is skipped");
        }

        var list = Member(item, "server_side_keys");
        if (list.ValueKind != JsonValueKind.Array)
        {
            return Skip<ListedEnvironment>($"{path}.server_side_keys", "is not an array; the environment is skipped");
        }

        var clientSideKey = member.GetString()!;
        var keys = ReadKeys(list, $"{path}.server_side_keys", clientSideKey);
        var name = Member(item, "name");
        return new ListedEnvironment(
            path,
            clientSideKey,
            name.ValueKind == JsonValueKind.String ? name.GetString() : null,
            [.. keys.Where(static key => key.IsActive).Select(static key => new ServerSideKey(key.Key, key.ExpiresAt))],
            [clientSideKey, .. keys.Select(static key => key.Key)]);
    }

    /// <summary>Reads one thing of several; where text is no text, that one only is lost.</summary>
    private T? Guard<T>(JsonElement item, string path, Func<JsonElement, string, T?> read)
        where T : class
    {
        try
        {
            return read(item, path);
        }
        catch (InvalidOperationException)
        {
            // Which is how the reader says that there are escapes or bytes that stand for no text.
            return Skip<T>(path, "holds text that is not Unicode; it is skipped");
        }
    }

    private T? Skip<T>(string path, string problem)
        where T : class
    {
        _problems.Add(new Problem(path, problem));
        return null;
    }

    private static JsonElement Member(JsonElement item, string name) => item.TryGetProperty(name, out var member) ? member : default;

    /// <summary>Determines whether a text can be the value of a header, in which keys are sent.</summary>
    private static bool IsKey(string? text) => text is { Length: > 0 } && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}

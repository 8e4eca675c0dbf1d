using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Upstream.Failures;

namespace EdgeProxy.Host.Upstream.Discovery;

/// <summary>
/// Reads the proxy config. An invalid environment or key is left out and becomes a problem with its path; the others are
/// used. Unknown members are ignored.
/// </summary>
internal sealed partial class ProxyConfigReader
{
    private readonly List<Problem> _problems = [];

    /// <summary>Reads a config.</summary>
    /// <param name="config">JSON in UTF-8.</param>
    /// <exception cref="UpstreamException">The config is not an object with a list.</exception>
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

    /// <summary>Reads one item of a list; if it contains invalid text, only that item is lost.</summary>
    private T? Guard<T>(JsonElement item, string path, Func<JsonElement, string, T?> read)
        where T : class
    {
        try
        {
            return read(item, path);
        }
        catch (InvalidOperationException)
        {
            // The reader's exception for escapes or bytes that are not valid text.
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

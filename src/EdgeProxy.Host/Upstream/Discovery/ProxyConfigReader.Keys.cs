using System.Runtime.InteropServices;
using System.Text.Json;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream.Discovery;

/// <content>Reading the server-side keys of an environment.</content>
internal sealed partial class ProxyConfigReader
{
    private IReadOnlyCollection<ListedKey> ReadKeys(JsonElement list, string path, string clientSideKey)
    {
        var order = new List<string>();
        var keys = new Dictionary<string, ListedKey>(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var place = $"{path}[{index++}]";
            if (Guard(item, place, ReadKey) is not { } key)
            {
                continue;
            }

            if (string.Equals(key.Key, clientSideKey, StringComparison.Ordinal))
            {
                if (key.IsActive)
                {
                    _problems.Add(new Problem($"{place}.key", "is the client-side key too; it is skipped"));
                }

                continue;
            }

            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(keys, key.Key, out var isKnown);
            known = isKnown ? known!.And(key) : key;
            if (isKnown)
            {
                _problems.Add(new Problem($"{place}.key", "is listed twice; it counts as the weaker of the two"));
            }
            else
            {
                order.Add(key.Key);
            }
        }

        return [.. order.Select(key => keys[key])];
    }

    private ListedKey? ReadKey(JsonElement item, string path)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return Skip<ListedKey>(path, "is not an object; it is skipped");
        }

        if (Member(item, "key") is not { ValueKind: JsonValueKind.String } member || !IsKey(member.GetString()))
        {
            return Skip<ListedKey>($"{path}.key", "is not a key; it is skipped");
        }

        var key = member.GetString()!;
        if (!key.StartsWith(EnvironmentKeyPairOptions.ServerKeyPrefix, StringComparison.Ordinal))
        {
            return Unusable(key, $"{path}.key", $"does not start with \"{EnvironmentKeyPairOptions.ServerKeyPrefix}\"; it is not used");
        }

        var active = Member(item, "active").ValueKind;
        if (active is not (JsonValueKind.True or JsonValueKind.False))
        {
            return Unusable(key, $"{path}.active", "is not true or false; the key is not used");
        }

        return TryReadEnd(Member(item, "expires_at"), out var end)
            ? new ListedKey(key, active == JsonValueKind.True, end)
            : Unusable(key, $"{path}.expires_at", "is not a time in ISO 8601; the key is not used");
    }

    /// <summary>An invalid key, which still belongs to its environment.</summary>
    private ListedKey Unusable(string key, string path, string problem)
    {
        _problems.Add(new Problem(path, problem));
        return new ListedKey(key, IsActive: false, ExpiresAt: null);
    }

    /// <summary>Parses a time; one without a zone is in UTC, whatever the local zone is.</summary>
    private static bool TryReadEnd(JsonElement element, out DateTimeOffset? end)
    {
        end = null;
        if (element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return true;
        }

        if (element.ValueKind != JsonValueKind.String || !element.TryGetDateTime(out var time) || !element.TryGetDateTimeOffset(out var offset))
        {
            return false;
        }

        end = time.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(time, TimeSpan.Zero) : offset;
        return true;
    }
}

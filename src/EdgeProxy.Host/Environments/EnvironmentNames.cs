using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Environments;

/// <summary>Finds environments as operators name them, who need no keys: by name, or by masked client-side key as <c>/proxy/environments</c> lists them.</summary>
internal static class EnvironmentNames
{
    /// <summary>Finds an environment by its name or its masked client-side key; null unless there is exactly one.</summary>
    public static EnvironmentState? Find(EnvironmentRegistry registry, string name)
    {
        var found = registry.Environments
            .Where(environment => KeyMask.Mask(environment.ClientSideKey) == name || environment.Current?.Snapshot.Name == name)
            .Take(2)
            .ToList();
        return found is [var one] ? one : null;
    }

    /// <summary>Finds an environment by its client-side key, or else by its name or masked key; null if there is none, or several.</summary>
    public static EnvironmentState? FindByKeyOrName(EnvironmentRegistry registry, string text) =>
        registry.Find(text) is { } binding ? binding.Audience == FlagAudience.Client ? binding.Environment : null : Find(registry, text);
}

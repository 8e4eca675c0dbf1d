using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Environments;

/// <summary>Names environments in messages: by name, if known, and masked key.</summary>
internal static class EnvironmentLabel
{
    /// <summary>The label: <c>'Production' (4vfqhy…)</c>.</summary>
    public static string Of(EnvironmentState environment)
    {
        var key = KeyMask.Mask(environment.ClientSideKey);
        return environment.Current is { } current ? $"'{current.Snapshot.Name}' ({key})" : key;
    }
}

using EdgeProxy.Host.Common;

namespace EdgeProxy.Host.Environments;

/// <summary>Environments as messages name them: by name, as far as it is known, and masked key.</summary>
internal static class EnvironmentLabel
{
    /// <summary>The label: <c>'Production' (4vfqhy…)</c>.</summary>
    public static string Of(EnvironmentState environment)
    {
        var key = KeyMask.Mask(environment.ClientSideKey);
        return environment.Current is { } current ? $"'{current.Snapshot.Name}' ({key})" : key;
    }
}

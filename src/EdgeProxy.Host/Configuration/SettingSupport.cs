namespace EdgeProxy.Host.Configuration;

/// <summary>The support for a setting.</summary>
internal enum SettingSupport
{
    /// <summary>Supported.</summary>
    Used,

    /// <summary>Without effect by design: the proxy behaves that way anyway.</summary>
    WithoutEffect,

    /// <summary>A setting of the Flagsmith Edge Proxy that this version does not support.</summary>
    NotSupported,
}

namespace EdgeProxy.Host.Configuration;

/// <summary>The support for a setting.</summary>
internal enum SettingSupport
{
    /// <summary>It is acted on.</summary>
    Used,

    /// <summary>It has no effect by design: what it asks for happens anyway.</summary>
    WithoutEffect,

    /// <summary>A setting of the Flagsmith Edge Proxy that this version does not act on.</summary>
    NotSupported,
}

namespace EdgeProxy.Host.Configuration.Catalog;

/// <summary>What becomes of a setting.</summary>
internal enum SettingSupport
{
    /// <summary>It is acted on.</summary>
    Used,

    /// <summary>It has no effect by design: what it asks for happens anyway.</summary>
    WithoutEffect,

    /// <summary>A setting of the proxies that this takes the place of, which this version does not act on.</summary>
    NotSupported,
}

namespace EdgeProxy.Host.Configuration;

/// <summary>A form that takes null besides the values of another form.</summary>
internal interface IOptionalForm
{
    /// <summary>The other form.</summary>
    SettingForm Inner { get; }
}

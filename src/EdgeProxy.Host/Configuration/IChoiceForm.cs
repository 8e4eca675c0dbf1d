namespace EdgeProxy.Host.Configuration;

/// <summary>A form that takes one of a few words.</summary>
internal interface IChoiceForm
{
    /// <summary>The words.</summary>
    IEnumerable<string> Words { get; }
}

namespace EdgeProxy.Engine.Rendering.Ofrep;

/// <summary>The choices of the OFREP form of flags.</summary>
/// <param name="ReturnValueForDisabledFlags">True to send the value of a disabled flag too.</param>
/// <param name="ParseStrings">The strings that are sent as what they spell.</param>
internal sealed record OfrepFormat(bool ReturnValueForDisabledFlags = false, StringParsing ParseStrings = StringParsing.None);

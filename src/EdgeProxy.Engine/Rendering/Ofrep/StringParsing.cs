namespace EdgeProxy.Engine.Rendering.Ofrep;

/// <summary>The texts of values that are sent as what they spell (docs/spec/ofrep.md 4.3).</summary>
internal enum StringParsing
{
    /// <summary>None: a string is a string.</summary>
    None,

    /// <summary>JSON objects and arrays.</summary>
    Objects,

    /// <summary>JSON objects, arrays and numbers.</summary>
    Numbers,
}

namespace EdgeProxy.Engine.Compilation.Properties;

/// <summary>A part of a flag's result that a condition can read (docs/spec/flag-dependencies.md 2.1).</summary>
internal enum FlagField
{
    /// <summary>The whole result, an object and therefore no value.</summary>
    Whole,

    /// <summary>The state of the flag: on or off.</summary>
    Enabled,

    /// <summary>The flag's value.</summary>
    Value,

    /// <summary>The key of the picked variant.</summary>
    Variant,

    /// <summary>The reason of the result.</summary>
    Reason,

    /// <summary>The feature's name.</summary>
    Name,

    /// <summary>The metadata, an object and therefore no value, or a member of it (see <see cref="MetadataPath"/>).</summary>
    Metadata,
}

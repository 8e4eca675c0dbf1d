namespace EdgeProxy.Engine.Model;

/// <summary>The origin of the value of a condition (docs/spec/evaluation.md 4).</summary>
public enum ValueOrigin
{
    /// <summary>Nothing: there is no such trait, or the path leads nowhere.</summary>
    Missing,

    /// <summary>A trait.</summary>
    Trait,

    /// <summary>A trait that is null, which counts as no value.</summary>
    NullTrait,

    /// <summary>A JSONPath into the evaluation context.</summary>
    Path,

    /// <summary>The result of another flag.</summary>
    Flag,

    /// <summary>The identity key.</summary>
    IdentityKey,

    /// <summary>A property that starts like a path and is none.</summary>
    InvalidPath,
}

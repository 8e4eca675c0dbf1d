namespace EdgeProxy.Engine.Rendering;

/// <summary>Variant and reason that a hundred thousand flags may have in common, and so are stored once.</summary>
internal enum FlagInsert : byte
{
    /// <summary>None: the flag contains them.</summary>
    None,

    /// <summary>Those of an identity override.</summary>
    IdentityOverride,

    /// <summary>Those of an identity override in error.</summary>
    IdentityOverrideInError,
}

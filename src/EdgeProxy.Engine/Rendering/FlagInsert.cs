namespace EdgeProxy.Engine.Rendering;

/// <summary>Variant and reason that a hundred thousand flags may have in common, and so are not kept with each.</summary>
internal enum FlagInsert : byte
{
    /// <summary>None: whatever the flag has stands with it.</summary>
    None,

    /// <summary>Those of the override of an identity.</summary>
    IdentityOverride,

    /// <summary>The same, of a flag in error.</summary>
    IdentityOverrideInError,
}

using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Rendering;

/// <summary>The texts of <see cref="FlagInsert"/>.</summary>
internal static class FlagInserts
{
    /// <summary>Variant and reason as an audience gets them, with a comma in front.</summary>
    public static ReadOnlySpan<byte> TextOf(FlagInsert insert, FlagAudience audience) => (insert, audience) switch
    {
        (FlagInsert.IdentityOverride, FlagAudience.Server) => ",\"variant\":null,\"reason\":\"TARGETING_MATCH; segment=identity_overrides\""u8,
        (FlagInsert.IdentityOverride, _) => ",\"variant\":null,\"reason\":\"TARGETING_MATCH\""u8,
        (FlagInsert.IdentityOverrideInError, FlagAudience.Server) => ",\"variant\":null,\"reason\":\"ERROR; code=CIRCULAR_DEPENDENCY\""u8,
        (FlagInsert.IdentityOverrideInError, _) => ",\"variant\":null,\"reason\":\"ERROR\""u8,
        _ => default,
    };
}

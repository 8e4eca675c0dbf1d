using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Tests.Reference;

/// <summary>One flag as the reference interpreter sees it.</summary>
internal sealed record ReferenceFlag(
    string Name,
    bool Enabled,
    ScalarValue Value,
    string Reason,
    string? Variant,
    FeatureState Winner);

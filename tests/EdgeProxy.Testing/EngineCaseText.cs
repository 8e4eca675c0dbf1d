using System.Text.Json;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Testing;

/// <summary>Expected and actual results of engine cases, as text with everything that is compared.</summary>
public static class EngineCaseText
{
    /// <summary>A flag that is expected.</summary>
    public static string Of(EngineCaseFlag flag) => Of(flag.Name, flag.Enabled, flag.Value, flag.Reason, flag.Variant, flag.Metadata);

    /// <summary>A flag that came out.</summary>
    public static string Of(string name, bool enabled, ScalarValue value, string reason, string? variant, object? metadata) =>
        $"{name}: {enabled}, {value.Kind} {value}, {reason}, {variant ?? "-"}, {Of(metadata)}";

    /// <summary>Metadata, as the reader attached it.</summary>
    public static string Of(object? metadata) => metadata is JsonElement json ? JsonSerializer.Serialize(json) : "-";
}

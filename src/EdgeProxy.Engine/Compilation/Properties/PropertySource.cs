using EdgeProxy.Engine.Languages.JsonPaths.Queries;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Compilation.Properties;

/// <summary>
/// Where the value comes from that a condition looks at: a slot first, if there is one, then one of the fallbacks, if
/// there is one.
/// </summary>
internal sealed record PropertySource
{
    /// <summary>No value, ever.</summary>
    public static readonly PropertySource Nothing = new();

    /// <summary>The slot to look in first; null if there is none.</summary>
    public int? Slot { get; init; }

    /// <summary>The slot to look in when the first has no value.</summary>
    public int? FallbackSlot { get; init; }

    /// <summary>What the value is when the slot has none; null where it is not constant.</summary>
    public ScalarValue? FallbackConstant { get; init; }

    /// <summary>The flag path to read when the slot has no value.</summary>
    public int? FallbackFlagPath { get; init; }

    /// <summary>What to ask of the whole context when the slot has no value.</summary>
    public JsonPathQuery? FallbackQuery { get; init; }
}

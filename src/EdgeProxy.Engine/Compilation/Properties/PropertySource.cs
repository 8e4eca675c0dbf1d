using EdgeProxy.Engine.Languages.JsonPaths.Queries;
using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Compilation.Properties;

/// <summary>
/// The source of the value that a condition tests: a slot first, if there is one, then one of the fallbacks, if
/// there is one.
/// </summary>
internal sealed record PropertySource
{
    /// <summary>A property that never has a value.</summary>
    public static readonly PropertySource Nothing = new();

    /// <summary>The slot to read first; null if there is none.</summary>
    public int? Slot { get; init; }

    /// <summary>The slot to read if the first has no value.</summary>
    public int? FallbackSlot { get; init; }

    /// <summary>The value if the slot has none; null if it is not constant.</summary>
    public ScalarValue? FallbackConstant { get; init; }

    /// <summary>The flag path to read if the slot has no value.</summary>
    public int? FallbackFlagPath { get; init; }

    /// <summary>The query over the whole context, for when the slot has no value.</summary>
    public JsonPathQuery? FallbackQuery { get; init; }
}

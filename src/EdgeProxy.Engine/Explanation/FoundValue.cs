using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Explanation;

/// <summary>The value of a condition's property, and its origin.</summary>
/// <param name="Origin">The origin.</param>
/// <param name="Value">The value; null for none.</param>
/// <param name="Flag">The flag that was read.</param>
/// <param name="IsCircular">True if that flag depends on itself.</param>
/// <param name="IsAborted">True if a query took too many steps: the condition is then false, whatever its operator.</param>
/// <param name="IsState">True if the value is the state of that flag: on or off.</param>
internal readonly record struct FoundValue(
    ValueOrigin Origin, ScalarValue Value = default, string? Flag = null, bool IsCircular = false, bool IsAborted = false, bool IsState = false)
{
    /// <summary>No value.</summary>
    public static readonly FoundValue Missing = new(ValueOrigin.Missing);
}

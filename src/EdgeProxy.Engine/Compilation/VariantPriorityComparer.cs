using EdgeProxy.Engine.Model;

namespace EdgeProxy.Engine.Compilation;

/// <summary>Variants by ascending priority, those without one last.</summary>
internal sealed class VariantPriorityComparer : IComparer<Variant>
{
    /// <summary>The only instance.</summary>
    public static readonly VariantPriorityComparer Instance = new();

    /// <inheritdoc/>
    public int Compare(Variant? x, Variant? y) => (x?.Priority, y?.Priority) switch
    {
        ({ } left, { } right) => left.CompareTo(right),
        (null, null) => 0,
        (null, _) => 1,
        _ => -1,
    };
}

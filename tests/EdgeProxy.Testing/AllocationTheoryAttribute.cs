namespace EdgeProxy.Testing;

/// <summary>
/// A theory about allocations. Skipped, and says why, in builds that are not optimized: there the runtime allocates for
/// what costs nothing otherwise, such as constant tables.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllocationTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides on skipping.</summary>
    public AllocationTheoryAttribute()
    {
#if DEBUG
        Skip = "Allocations are counted in optimized builds only: dotnet test -c Release";
#endif
    }
}

namespace EdgeProxy.Benchmarks;

/// <summary>Categories of benchmarks.</summary>
internal static class Categories
{
    /// <summary>On the way of a request, where the design says that not one byte is allocated.</summary>
    public const string NoAllocations = "no-allocations";

    /// <summary>Takes too long for the check of allocations.</summary>
    public const string Slow = "slow";
}

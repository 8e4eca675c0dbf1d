namespace EdgeProxy.Benchmarks.Allocations;

/// <summary>In what a table and what was measured can differ.</summary>
internal enum AllocationDifferenceKind
{
    /// <summary>Allocates although the design says that it must not; no table can allow it.</summary>
    NotZero,

    /// <summary>The table allows what the design does not.</summary>
    TableNotZero,

    /// <summary>Allocates more than the table says.</summary>
    More,

    /// <summary>Allocates less; the table is out of date.</summary>
    Fewer,

    /// <summary>The table does not have this benchmark.</summary>
    NotInTable,

    /// <summary>The table has a line that no benchmark belongs to.</summary>
    NotMeasured,
}

namespace EdgeProxy.Engine.Languages.JsonPaths;

/// <summary>One step of a singular query: to a member by name, or to an item by position.</summary>
internal readonly record struct PathStep
{
    private PathStep(string? name, long index)
    {
        Name = name;
        Index = index;
    }

    /// <summary>The member's name; null when the step is to an item.</summary>
    public string? Name { get; }

    /// <summary>The item's position, from the end where negative; no meaning when the step is to a member.</summary>
    public long Index { get; }

    public static PathStep ToMember(string name) => new(name, 0);

    public static PathStep ToItem(long index) => new(null, index);
}

namespace EdgeProxy.Host.Operations;

/// <summary>The environments that must be loaded and fresh for the proxy to be ready.</summary>
internal sealed class ReadinessRequirement
{
    /// <summary>All environments.</summary>
    public static readonly ReadinessRequirement All = new([], isAny: false);

    /// <summary>At least one environment.</summary>
    public static readonly ReadinessRequirement Any = new([], isAny: true);

    private ReadinessRequirement(IReadOnlyList<string> named, bool isAny)
    {
        Named = named;
        IsAny = isAny;
    }

    /// <summary>The required ones, by name or client-side key; empty if <see cref="IsAny"/> decides.</summary>
    public IReadOnlyList<string> Named { get; }

    /// <summary>Indicates whether one environment suffices.</summary>
    public bool IsAny { get; }

    /// <summary>Requires some of them.</summary>
    /// <param name="named">Names or client-side keys, at least one.</param>
    public static ReadinessRequirement Of(IReadOnlyList<string> named) => new(named, isAny: false);
}

namespace EdgeProxy.Deploy.Tests;

/// <summary>A test that asks the real <c>helm</c>; skipped, and said so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HelmFactAttribute : FactAttribute
{
    public HelmFactAttribute()
    {
        if (!Helm.IsThere)
        {
            Skip = "There is no helm in PATH.";
        }
    }
}

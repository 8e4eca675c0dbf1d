namespace EdgeProxy.Testing;

/// <summary>A theory over the engine cases: skipped, and says why, where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EngineTestDataTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides on skipping when tests are discovered.</summary>
    public EngineTestDataTheoryAttribute()
    {
        Skip = EngineTestData.SkipReason;
    }
}

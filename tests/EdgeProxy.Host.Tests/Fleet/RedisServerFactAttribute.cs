namespace EdgeProxy.Host.Tests.Fleet;

/// <summary>A test that starts real <c>redis-server</c> processes; skipped, and said so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedisServerFactAttribute : FactAttribute
{
    public RedisServerFactAttribute()
    {
        if (!RedisServers.IsThere)
        {
            Skip = "There is no redis-server in PATH.";
        }
    }
}

namespace EdgeProxy.Tools.Upstream;

/// <summary>The names and effects of faults.</summary>
internal static class StandInFaults
{
    private static readonly Dictionary<string, StandInFault> Named = new(StringComparer.Ordinal)
    {
        ["403"] = StandInFault.Forbidden,
        ["500"] = StandInFault.Error,
        ["hang"] = StandInFault.Hang,
        ["slow"] = StandInFault.Slow,
        ["garbage"] = StandInFault.Garbage,
        ["truncate"] = StandInFault.Truncate,
        ["reset"] = StandInFault.Reset,
    };

    /// <summary>The names that <c>/control</c> takes.</summary>
    public static IEnumerable<string> Names => Named.Keys;

    /// <summary>The fault of a name; null for an unknown one.</summary>
    public static StandInFault? Find(string? name) => name is null ? StandInFault.None : Named.TryGetValue(name, out var fault) ? fault : null;

    /// <summary>The name of a fault; null for none.</summary>
    public static string? NameOf(StandInFault fault) => Named.FirstOrDefault(pair => pair.Value == fault).Key;

    /// <summary>Does what the fault says instead of, or before, an answer.</summary>
    /// <returns>True if the request is dealt with.</returns>
    public static async Task<bool> ApplyAsync(StandInFault fault, HttpContext context)
    {
        switch (fault)
        {
            case StandInFault.Forbidden:
            case StandInFault.Error:
                context.Response.StatusCode = fault == StandInFault.Error ? StatusCodes.Status500InternalServerError : StatusCodes.Status403Forbidden;
                await context.Response.WriteAsync("""{"detail":"a fault, as asked for"}""");
                return true;
            case StandInFault.Garbage:
                await context.Response.WriteAsync("""{"api_key": [1,2,""");
                return true;
            case StandInFault.Hang:
                await WaitAsync(Timeout.InfiniteTimeSpan, context);
                context.Abort();
                return true;
            case StandInFault.Reset:
                context.Abort();
                return true;
            case StandInFault.Slow:
                await WaitAsync(TimeSpan.FromSeconds(2), context);
                return false;
            default: // Truncating is up to what writes the body.
                return false;
        }
    }

    private static Task WaitAsync(TimeSpan time, HttpContext context) =>
        Task.Delay(time, TimeProvider.System, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
}

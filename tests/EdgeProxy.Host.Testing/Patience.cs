namespace EdgeProxy.Host.Testing;

/// <summary>The time after which an expected event counts as missing.</summary>
internal static class Patience
{
    /// <summary>Far longer than anything takes on a loaded machine; only a test that fails waits for it.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until something holds that announces itself nowhere.</summary>
    public static Task UntilAsync(Func<bool> holds, string what) => UntilAsync(() => Task.FromResult(holds()), what);

    /// <summary>The same for what takes asking.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Limit)
            {
                throw new TimeoutException($"Timed out waiting for: {what}");
            }

            await Task.Delay(LookAgain, TimeProvider.System);
        }
    }
}

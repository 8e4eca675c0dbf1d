namespace EdgeProxy.Host.Testing;

/// <summary>How long a test waits for something that must happen before it counts as not happening.</summary>
internal static class Patience
{
    /// <summary>Far longer than anything takes on a loaded machine; only a test that fails waits for it.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until something holds that announces itself nowhere.</summary>
    public static async Task UntilAsync(Func<bool> holds, string what)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            if (TimeProvider.System.GetElapsedTime(deadline) > Limit)
            {
                throw new TimeoutException($"Waited in vain for: {what}");
            }

            await Task.Delay(LookAgain, TimeProvider.System);
        }
    }
}

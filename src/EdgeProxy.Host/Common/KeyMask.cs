namespace EdgeProxy.Host.Common;

/// <summary>Keys as they may be shown: enough to tell which it is, too little to use it.</summary>
internal static class KeyMask
{
    private const int MaxShown = 8;

    /// <summary>The beginning of a key, at most half of it.</summary>
    public static string Mask(string key) => $"{key.AsSpan(0, Math.Min(MaxShown, key.Length / 2))}…";
}

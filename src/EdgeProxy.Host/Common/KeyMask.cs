namespace EdgeProxy.Host.Common;

/// <summary>Masks keys for display: enough to recognize a key, too little to use it.</summary>
internal static class KeyMask
{
    private const int MaxShown = 8;

    /// <summary>Returns the beginning of a key, at most half of it.</summary>
    public static string Mask(string key) => $"{key.AsSpan(0, Math.Min(MaxShown, key.Length / 2))}…";
}

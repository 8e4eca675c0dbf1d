namespace EdgeProxy.Host.Upstream.Analytics;

/// <summary>The upstream's answer to counts.</summary>
/// <param name="Status">The status.</param>
/// <param name="RetryAfter">The wait that it asks for; null if it does not.</param>
internal readonly record struct FlagAnalyticsAnswer(int Status, TimeSpan? RetryAfter)
{
    /// <summary>True if the counts were taken.</summary>
    public bool IsTaken => Status is >= 200 and < 300;

    /// <summary>True if the same counts may be taken later.</summary>
    public bool IsTemporary => Status is 408 or 425 or 429 or >= 500;
}
